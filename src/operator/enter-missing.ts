// A person has entered what was paid and never came in. The decision is on disk before the first order is.
import type { Database } from "../ledger/database/database.ts";
import { lockBulk } from "../ledger/decisions/bulk.ts";
import type { Wish } from "../ledger/decisions/decide.ts";
import { knownDecision, recordDecision } from "../ledger/decisions/record-decision.ts";

/** What is known already is never entered twice: the same wish again goes on where it was cut off. */
export async function enterMissing<Found>(
  db: Database,
  wish: Wish,
  asked: object,
  enter: () => Promise<Found>,
): Promise<Found> {
  const about = { ...wish, what: "payments.enter", asked };
  await db.transaction(async (tx) => {
    await lockBulk(tx, wish.key);
    if (!(await knownDecision(tx, about))) await recordDecision(tx, about);
  });
  return enter();
}
