import { causes } from "../../connector-kit/cause.ts";
import type { Queryable } from "../database/database.ts";
import { unblockSteps } from "../finish-step.ts";

/** Steps that were looked at under their lock: they are free, and whatever needs them is among them. */
export async function skipSteps(
  tx: Queryable,
  reference: string,
  names: readonly string[],
): Promise<void> {
  await tx.query(
    `update step s set state = 'skipped', cause = 'step.skipped', message = $3, field = null, changed_at = now()
     from run r where r.id = s.run and r.reference = $1 and s.name = any ($2)`,
    [reference, names, causes["step.skipped"].sentence],
  );
  await unblockSteps(tx, reference);
}
