// Was it sent? Mailgun has no idempotency key, but it can be asked what became of a message.
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Account } from "./api.ts";
import { type MessageEvent, tracesOf } from "./event-traces.ts";
import { listEvents, listLogs } from "./list-events.ts";

interface Traces {
  /** Without angle brackets, as events hold it. */
  readonly messageId: string;
  readonly recipient: string;
}

/** How many times Mailgun took this message; rejects when it took it and then gave it up. */
export async function findMessages(
  account: Account,
  traces: Traces,
  logsApi: boolean,
  call: Call,
): Promise<number> {
  const { messageId, recipient } = traces;
  // A filter that was not understood must not find a stranger's: only events that name our message count.
  const ours = (events: readonly MessageEvent[]) =>
    events.filter((event) => {
      const { messageId: id, variables } = tracesOf(event);
      return id === messageId || variables.order_key === call.key;
    });
  if (logsApi) return copiesIn(ours(await listLogs(account, recipient, call)));
  const byId = ours(await listEvents(account, { "message-id": messageId }, call));
  if (byId.length > 0) return copiesIn(byId);
  // Whether every account indexes a Message-Id of ours is not documented; our variable is in the event anyway.
  return copiesIn(ours(await listEvents(account, { recipient }, call)));
}

function copiesIn(events: readonly MessageEvent[]): number {
  if (events.length === 0) return 0;
  // Whatever else there is to tell of a message, it was taken: its `accepted` may be on its way to the index still.
  const copies = Math.max(1, count(events.filter(({ event }) => event === "accepted")));
  const givenUp = events.filter(isGivenUp);
  const isAlive = events.some(({ event }) => event === "delivered") || count(givenUp) < copies;
  const [first] = givenUp;
  if (first && !isAlive) throw whyGivenUp(first);
  return copies;
}

const isGivenUp = ({ event, severity }: MessageEvent) =>
  event === "rejected" || (event === "failed" && severity === "permanent");

/** Ids are unique within a day only, and a page may show an event again. */
function count(events: readonly MessageEvent[]): number {
  return new Set(events.map(({ id, timestamp }) => (id ? `${id} ${timestamp}` : {}))).size;
}

function whyGivenUp({ event, reject, reason }: MessageEvent): ActionError {
  if (event === "rejected") {
    const why = reject?.reason?.slice(0, 300) ?? "no reason given";
    return new ActionError("permanent", `Mailgun took the e-mail and then rejected it: ${why}`, {
      cause: "email.refused",
    });
  }
  const why = reason ?? "no reason given";
  const cause = why.startsWith("suppress-") ? "email.suppressed" : "email.refused";
  return new ActionError("permanent", `Mailgun could not deliver the e-mail: ${why}.`, { cause });
}
