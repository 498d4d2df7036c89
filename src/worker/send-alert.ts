// Tells people, at most once: a second message is worse than none, because the page shows the same.
import type { ActionError } from "../connector-kit/action-error.ts";
import { attempt } from "../connector-kit/attempt.ts";
import { backoff } from "./backoff.ts";
import { deadline } from "./deadline.ts";
import { visitAccount } from "./visit-account.ts";
import { inLineMs, storeGoneMs, type World } from "./world.ts";

const giveUpAfter = 200;

/** Resolves to when to try again, ms; undefined when it is over. */
export async function sendAlert(world: World, subject: string): Promise<number | undefined> {
  const { ledger } = world;
  const record = await ledger.loadAlert(subject);
  if (!record || record.isEnded) return undefined;
  const store = world.stores.get(record.store);
  if (!store) return storeGoneMs;
  if (record.wasBegun) {
    await ledger.endAlert(subject, "perhaps sent", "The process ended while it was being sent.");
    return undefined;
  }
  const { send: action } = store.alerts;
  const { connection } = action;
  const visit = await visitAccount(world, { connection, holder: subject, subject });
  if (visit.kind !== "in") return visit.kind === "gone" ? undefined : inLineMs;
  let error: ActionError | "unused" | undefined = "unused";
  try {
    // Somebody else is sending it: look again when that must be over.
    if (!(await ledger.beginAlert(subject))) return connection.deadlineMs;
    const send = visit.send(deadline(world.clock, connection.deadlineMs));
    const link = record.reference && store.linkTo(record.reference);
    const outcome = await attempt(
      action,
      { ...record.alert, ...(link ? { link } : {}) },
      {
        reference: record.reference ?? "",
        key: `alert-${record.id}`,
        send,
        keep: (document) => store.keep("alerts", document, send),
        open: (file) => store.open(file, send),
        now: () => world.clock.now(),
      },
      false,
    );
    error = outcome.kind === "done" ? undefined : outcome.error;
    switch (outcome.kind) {
      case "done":
        await ledger.endAlert(subject, "sent", outcome.output.messageId);
        return undefined;
      case "retry": {
        const { message, failure } = outcome.error;
        if (record.tries >= giveUpAfter) {
          await ledger.endAlert(subject, "refused", message);
          return undefined;
        }
        await ledger.countAlertTry(subject, message);
        return backoff(record.tries, world.random(), failure.retryAfterMs).delayMs;
      }
      case "failed":
        await ledger.endAlert(subject, "refused", outcome.error.message);
        return undefined;
      default:
        await ledger.endAlert(subject, "perhaps sent", outcome.error.message);
        return undefined;
    }
  } finally {
    await visit.leave(error);
  }
}
