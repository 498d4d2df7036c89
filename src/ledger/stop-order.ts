import { tellChanged } from "./changed.ts";
import type { Queryable } from "./database/database.ts";
import { wakeIn } from "./due-index.ts";
import { settleOrderState } from "./finish-step.ts";
import { skipUnbegun, type stopCauses } from "./skip-unbegun.ts";
import { orderSubject } from "./subject.ts";

/** From now on nothing of it begins; what was begun is brought to its end. */
export async function stopOrder(
  tx: Queryable,
  reference: string,
  because: (typeof stopCauses)[number],
): Promise<void> {
  // Not now(), when this transaction began: it may have waited for the one that opened the order.
  await tx.query(
    "update orders set stopped_at = clock_timestamp(), stopped_because = $2 where reference = $1",
    [reference, because],
  );
  await skipUnbegun(tx, reference);
  await settleOrderState(tx, reference);
  await wakeIn(tx, orderSubject(reference), 0);
  await tellChanged(tx, reference);
}
