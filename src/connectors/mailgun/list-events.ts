// What Mailgun tells of its messages, page by page: a message on a page that nobody turned is not absent.
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { readJson } from "../../connector-kit/http.ts";
import { type Account, basic, eventsSchema, get, logsSchema, refusal } from "./api.ts";
import type { MessageEvent } from "./event-traces.ts";

const mostPages = 10;
const eventsPage = 300;
const logsPage = 100;

export async function listEvents(
  account: Account,
  filter: Readonly<Record<string, string>>,
  call: Call,
): Promise<MessageEvent[]> {
  const begin = String(Math.floor((call.now().getTime() - account.retentionMs) / 1000));
  const query = { ...filter, begin, ascending: "yes", limit: String(eventsPage) };
  const events = `/v3/${account.domain}/events`;
  return allPages(async (next) => {
    const response = await get(account, next ?? `${events}?${asQuery(query)}`, call.send);
    if (response.status !== 200) throw refusal(account, response, call.now());
    const { items, paging } = readJson(response, eventsSchema);
    // A page that is not full is the last one.
    if (items.length < eventsPage) return { items };
    return { items, next: pathOfPage(paging?.next, events) };
  });
}

const asQuery = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields);

/** Mailgun gives a whole address. Our key goes to the host that was configured, and to nobody else. */
function pathOfPage(next: string | null | undefined, events: string): string {
  const path = next && URL.canParse(next) ? new URL(next).pathname : "";
  const page = /\/events\/([\w%=.~-]{1,4000})$/.exec(path)?.[1];
  if (page) return `${events}/${page}`;
  throw cannotTell("Mailgun's list of events goes on, and does not say where.");
}

export async function listLogs(
  account: Account,
  recipient: string,
  call: Call,
): Promise<MessageEvent[]> {
  const predicate = (attribute: string, value: string) => ({
    attribute,
    comparator: "=",
    values: [{ label: value, value }],
  });
  const rfc2822 = (at: number) => new Date(at).toUTCString().replace("GMT", "+0000");
  const now = call.now().getTime();
  const asked = {
    start: rfc2822(now - account.retentionMs),
    end: rfc2822(now + 60_000),
    filter: { AND: [predicate("domain", account.domain), predicate("recipient", recipient)] },
  };
  const page = { sort: "timestamp:desc", limit: logsPage };
  return allPages(async (token) => {
    const response = await call.send({
      method: "POST",
      url: `${account.host}/v1/analytics/logs`,
      headers: {
        authorization: basic(account.apiKey),
        "content-type": "application/json",
        accept: "application/json",
      },
      body: JSON.stringify({ ...asked, pagination: token ? { ...page, token } : page }),
      reads: true,
    });
    if (response.status !== 200) throw refusal(account, response, call.now());
    const { items, pagination } = readJson(response, logsSchema);
    if (items.length < logsPage) return { items };
    if (!pagination?.next) throw cannotTell("Mailgun's logs go on, and do not say where.");
    return { items, next: pagination.next };
  });
}

interface Page {
  readonly items: readonly MessageEvent[];
  readonly next?: string;
}

async function allPages(turn: (next?: string) => Promise<Page>): Promise<MessageEvent[]> {
  const all: MessageEvent[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await turn(next);
    all.push(...page.items);
    next = page.next;
    if (next === undefined) return all;
  }
  throw cannotTell(`Mailgun lists more than ${all.length} events: ours may be among the rest.`);
}

const cannotTell = (message: string) =>
  new ActionError("ambiguous", message, { cause: "provider.unexpected_answer" });
