// Was it sent? Mailgun has no idempotency key, but it can be asked what became of a message.
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, readJson } from "../../connector-kit/http.ts";
import { type Account, type eventSchema, eventsSchema, get, refusal } from "./api.ts";

type MessageEvent = ReturnType<(typeof eventSchema)["parse"]>;

interface Traces {
  /** Without angle brackets, as events hold it. */
  readonly messageId: string;
  readonly recipient: string;
}

/** True when Mailgun took the message; rejects when it took it and then gave it up. */
export async function findMessage(
  account: Account,
  traces: Traces,
  logsApi: boolean,
  call: Call,
): Promise<boolean> {
  if (logsApi) return judge(await fromLogs(account, traces, call));
  const byId = await fromEvents(account, { "message-id": traces.messageId }, traces, call);
  if (byId.length > 0) return judge(byId);
  // Whether every account indexes a Message-Id of ours is not documented; our variable is in the
  // event anyway.
  return judge(await fromEvents(account, { recipient: traces.recipient }, traces, call));
}

/** Mailgun keeps events for three days on most plans, one day on the free one. */
const retentionMs = 3 * 24 * 3600_000;

async function fromEvents(
  account: Account,
  filter: Readonly<Record<string, string>>,
  traces: Traces,
  call: Call,
): Promise<MessageEvent[]> {
  const begin = Math.floor((call.now().getTime() - retentionMs) / 1000);
  const query = new URLSearchParams({
    ...filter,
    begin: String(begin),
    ascending: "yes",
    limit: "300",
  });
  const response = await get(account, `/v3/${account.domain}/events?${query}`, call.send);
  return ours(account, response, traces, call);
}

async function fromLogs(account: Account, traces: Traces, call: Call): Promise<MessageEvent[]> {
  const predicate = (attribute: string, value: string) => ({
    attribute,
    comparator: "=",
    values: [{ label: value, value }],
  });
  const rfc2822 = (at: number) => new Date(at).toUTCString().replace("GMT", "+0000");
  const now = call.now().getTime();
  const body = {
    start: rfc2822(now - retentionMs),
    end: rfc2822(now + 60_000),
    filter: {
      AND: [predicate("domain", account.domain), predicate("recipient", traces.recipient)],
    },
    pagination: { sort: "timestamp:desc", limit: 100 },
  };
  const response = await call.send({
    method: "POST",
    url: `${account.host}/v1/analytics/logs`,
    headers: {
      authorization: `Basic ${Buffer.from(`api:${account.apiKey}`).toString("base64")}`,
      "content-type": "application/json",
      accept: "application/json",
    },
    body: JSON.stringify(body),
    reads: true,
  });
  return ours(account, response, traces, call);
}

/**
 * Only events that name our message count: a filter that was not understood must not find a
 * stranger's.
 */
function ours(
  account: Account,
  response: HttpResponse,
  traces: Traces,
  call: Call,
): MessageEvent[] {
  if (response.status !== 200) throw refusal(account, response, call.now());
  return readJson(response, eventsSchema).items.filter((event) => {
    const id = event.message?.headers?.["message-id"]?.replace(/^<|>$/g, "").toLowerCase();
    return id === traces.messageId || variablesOf(event).order_key === call.key;
  });
}

function variablesOf(event: MessageEvent): Readonly<Record<string, unknown>> {
  const variables = event["user-variables"];
  if (typeof variables !== "string") return variables ?? {};
  try {
    const parsed: unknown = JSON.parse(variables);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function judge(events: readonly MessageEvent[]): boolean {
  if (events.length === 0) return false;
  if (events.some((e) => e.event === "delivered")) return true;
  const rejected = events.find((e) => e.event === "rejected");
  if (rejected) {
    const why = rejected.reject?.reason?.slice(0, 300) ?? "no reason given";
    throw new ActionError("permanent", `Mailgun took the e-mail and then rejected it: ${why}`, {
      cause: "email.refused",
    });
  }
  const failed = events.find((e) => e.event === "failed" && e.severity === "permanent");
  if (failed) {
    const why = failed.reason ?? "no reason given";
    const cause = why.startsWith("suppress-") ? "email.suppressed" : "email.refused";
    throw new ActionError("permanent", `Mailgun could not deliver the e-mail: ${why}.`, { cause });
  }
  return true;
}
