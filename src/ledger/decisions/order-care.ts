// Who looks after an order, and until when it need not be seen.
import type { Queryable } from "../database/database.ts";

export interface Care {
  readonly assignedTo: string | null;
  /** ISO. */
  readonly snoozedUntil: string | null;
}

export async function careOf(tx: Queryable, reference: string): Promise<Care> {
  const { rows } = await tx.query<{ assigned_to: string | null; snoozed_until: Date | null }>(
    "select assigned_to, snoozed_until from orders where reference = $1",
    [reference],
  );
  const [row] = rows;
  return {
    assignedTo: row?.assigned_to ?? null,
    snoozedUntil: row?.snoozed_until?.toISOString() ?? null,
  };
}

export async function keepCare(
  tx: Queryable,
  reference: string,
  { assignedTo, snoozedUntil }: Care,
): Promise<void> {
  await tx.query("update orders set assigned_to = $2, snoozed_until = $3 where reference = $1", [
    reference,
    assignedTo,
    snoozedUntil,
  ]);
}
