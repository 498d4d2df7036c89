// What a message told is over: the message says so itself, and nobody is disturbed by a new one.
import type { ActionError } from "../connector-kit/action-error.ts";
import { attempt } from "../connector-kit/attempt.ts";
import type { AlertRecord } from "../ledger/ledger.ts";
import { alertCall } from "./alert-call.ts";
import { messageOf } from "./alert-words.ts";
import { backoff } from "./backoff.ts";
import { paceAlerts } from "./pace-alerts.ts";
import { visitAccount } from "./visit-account.ts";
import { inLineMs, type Store, type World } from "./world.ts";

type Closed = { readonly againInMs: number | undefined };

const closed: Closed = { againInMs: undefined };
/** The message itself is not out yet. */
const soonMs = 10_000;
const giveUpAfter = 20;

/** "as a message": where messages cannot be changed, the end of an outage is worth a new one. */
export async function closeMessage(
  world: World,
  store: Store,
  subject: string,
  record: AlertRecord,
): Promise<Closed | "as a message"> {
  const { ledger } = world;
  const { edit } = store.alerts;
  const { answers: messageId } = record.alert;
  const isOutage = record.reference === undefined;
  if (record.closes?.outcome === undefined) return { againInMs: soonMs };
  if (record.closes.outcome === "refused") return giveUp("Nobody was told of it.");
  if (!edit || messageId === undefined) {
    if (isOutage && !record.wasBegun) return "as a message";
    return giveUp("The message that it ends cannot be changed.");
  }
  const { holdMs } = paceAlerts(await ledger.alertTraffic(store.name));
  if (holdMs > 0) return { againInMs: holdMs };
  const { connection } = edit;
  // Who changes one message takes turns, or the older words could come last.
  const exclusive = `message:${messageId}`;
  const visit = await visitAccount(world, { connection, holder: subject, subject, exclusive });
  if (visit.kind !== "in") return visit.kind === "gone" ? closed : { againInMs: inLineMs };
  let error: ActionError | "unused" | undefined = "unused";
  try {
    if ((await ledger.loadAlert(subject))?.isEnded !== false) return closed;
    // Whatever ended meanwhile is told with it: a message of a hundred alerts is not changed a hundred times.
    const told = await ledger.loadMessage(store.name, messageId);
    const reference = told.length === 1 ? record.reference : undefined;
    const link = reference && store.linkTo(reference);
    const alert = { ...messageOf(told), ...(link ? { link } : {}) };
    const call = alertCall(world, store, { id: record.id, reference }, visit.send);
    const outcome = await attempt(edit, { messageId, alert }, call, false);
    error = outcome.kind === "done" ? undefined : outcome.error;
    if (outcome.kind === "done") {
      for (const { over } of told) {
        if (over) await ledger.endAlert(over.subject, "sent", messageId);
      }
      return closed;
    }
    const { message, failure } = outcome.error;
    if (outcome.kind === "failed" || record.tries >= giveUpAfter) return giveUp(message);
    // The same words again change nothing, so a lost answer is simply tried again.
    await ledger.countAlertTry(subject, message);
    const { delayMs } = backoff(record.tries, world.random(), failure.retryAfterMs);
    return { againInMs: delayMs };
  } finally {
    await visit.leave(error);
  }

  async function giveUp(why: string): Promise<Closed> {
    await ledger.endAlert(subject, "refused", why);
    return closed;
  }
}
