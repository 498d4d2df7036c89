import { type CauseCode, causes } from "../connector-kit/cause.ts";
import type { Queryable } from "./database/database.ts";

/** What a person asked for after the stop is begun all the same. `r` is a run, `o` its order. */
const isStopped = "o.stopped_at is not null and r.opened_at <= o.stopped_at";

/** Why an order is stopped. */
export const stopCauses = [
  "order.refunded",
  "order.cancelled",
] as const satisfies readonly CauseCode[];

/**
 * Nothing of a stopped order begins any more. What is running, or in doubt, is brought to its end first, and comes by
 * here again when it ended without an effect.
 */
export async function skipUnbegun(tx: Queryable, reference: string): Promise<void> {
  await tx.query(
    `update step s set state = 'skipped', cause = o.stopped_because, message = case o.stopped_because when $2 then $3 else $4 end, field = null,
       changed_at = now()
     from run r join orders o on o.reference = r.reference
     where r.id = s.run and r.reference = $1 and ${isStopped} and not s.in_doubt
       and s.state in ('blocked', 'ready', 'parked', 'attention')`,
    [
      reference,
      "order.refunded",
      causes["order.refunded"].sentence,
      causes["order.cancelled"].sentence,
    ],
  );
}
