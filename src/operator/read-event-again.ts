// A person says: read this event again. What kept it from becoming an order may have been mended since.
import type { Database } from "../ledger/database/database.ts";
import type { Wish } from "../ledger/decisions/decide.ts";
import { knownDecision, recordDecision } from "../ledger/decisions/record-decision.ts";
import { readAgainIn } from "../ledger/events.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { eventSubject } from "../ledger/subject.ts";

interface Desk {
  readonly db: Database;
  readonly ledger: Pick<Ledger, "loadEvent">;
}

/** Undefined when there is no such event; false when it does not wait for a person, or nobody can read it. */
export async function readEventAgain(
  { db, ledger }: Desk,
  { event, ...wish }: Wish & { readonly event: string },
): Promise<boolean | undefined> {
  const subject = eventSubject("stripe", event);
  if (!(await ledger.loadEvent(subject))) return undefined;
  const about = { ...wish, what: "event.read-again", asked: { event } };
  return db.transaction(async (tx) => {
    if (!(await readAgainIn(tx, subject))) return (await knownDecision(tx, about)) !== undefined;
    await recordDecision(tx, { ...about, after: { event } });
    return true;
  });
}
