// Tells people, at most once: a second message is worse than none, because the page shows the same.
import type { ActionError } from "../connector-kit/action-error.ts";
import { attempt } from "../connector-kit/attempt.ts";
import type { AlertRecord } from "../ledger/ledger.ts";
import { alertCall } from "./alert-call.ts";
import { messageOf } from "./alert-words.ts";
import { backoff } from "./backoff.ts";
import { closeMessage } from "./close-message.ts";
import { paceAlerts } from "./pace-alerts.ts";
import { visitAccount } from "./visit-account.ts";
import { inLineMs, type Store, storeGoneMs, type World } from "./world.ts";

const giveUpAfter = 200;

/** Resolves to when to try again, ms; undefined when it is over. */
export async function sendAlert(world: World, subject: string): Promise<number | undefined> {
  const { ledger } = world;
  const record = await ledger.loadAlert(subject);
  if (!record || record.isEnded) return undefined;
  const store = world.stores.get(record.store);
  if (!store) return storeGoneMs;
  if (record.closes) {
    const closed = await closeMessage(world, store, subject, record);
    if (closed !== "as a message") return closed.againInMs;
  } else if (record.wasBegun) {
    await ledger.endAlert(subject, "perhaps sent", "The process ended while it was being sent.");
    return undefined;
  }
  const { holdMs } = paceAlerts(await ledger.alertTraffic(store.name));
  if (holdMs > 0) return holdMs;
  const { connection } = store.alerts.send;
  const visit = await visitAccount(world, { connection, holder: subject, subject });
  if (visit.kind !== "in") return visit.kind === "gone" ? undefined : inLineMs;
  let error: ActionError | "unused" | undefined = "unused";
  try {
    // Others may have sent while this one was in line.
    const pace = paceAlerts(await ledger.alertTraffic(store.name));
    if (pace.holdMs > 0) return pace.holdMs;
    // Somebody else is sending it: look again when that must be over.
    if (!(await ledger.beginAlert(subject))) return connection.deadlineMs;
    const begun = [{ subject, record }, ...(await beginOthers(world, subject, pace.together))];
    const ending = await sendTogether(world, store, begun, visit.send);
    error = ending.error;
    return ending.againInMs;
  } finally {
    await visit.leave(error);
  }
}

interface Begun {
  readonly subject: string;
  readonly record: AlertRecord;
}

async function beginOthers(
  world: World,
  subject: string,
  together: readonly string[],
): Promise<readonly Begun[]> {
  const begun: Begun[] = [];
  for (const other of together) {
    if (other === subject || !(await world.ledger.beginAlert(other))) continue;
    const record = await world.ledger.loadAlert(other);
    if (record) begun.push({ subject: other, record });
  }
  return begun;
}

type Visit = Extract<Awaited<ReturnType<typeof visitAccount>>, { kind: "in" }>;

async function sendTogether(
  world: World,
  store: Store,
  begun: readonly Begun[],
  sendUntil: Visit["send"],
): Promise<{ error: ActionError | undefined; againInMs: number | undefined }> {
  const { ledger } = world;
  const [first] = begun;
  if (!first) return { error: undefined, againInMs: undefined };
  const { send: action } = store.alerts;
  const reference = begun.length === 1 ? first.record.reference : undefined;
  const alert = messageOf(begun.map(({ record }) => record));
  const link = reference && store.linkTo(reference);
  const call = alertCall(world, store, { id: first.record.id, reference }, sendUntil);
  const outcome = await attempt(action, { ...alert, ...(link ? { link } : {}) }, call, false);
  const end = async (how: "sent" | "perhaps sent" | "refused", detail: string) => {
    for (const { subject } of begun) await ledger.endAlert(subject, how, detail);
  };
  const error = outcome.kind === "done" ? undefined : outcome.error;
  switch (outcome.kind) {
    case "done":
      await end("sent", outcome.output.messageId);
      return { error, againInMs: undefined };
    case "retry": {
      const { message, failure } = outcome.error;
      const { tries } = first.record;
      if (tries >= giveUpAfter) {
        await end("refused", message);
        return { error, againInMs: undefined };
      }
      for (const { subject } of begun) await ledger.countAlertTry(subject, message);
      return { error, againInMs: backoff(tries, world.random(), failure.retryAfterMs).delayMs };
    }
    case "failed":
      await end("refused", outcome.error.message);
      return { error, againInMs: undefined };
    default:
      await end("perhaps sent", outcome.error.message);
      return { error, againInMs: undefined };
  }
}
