import type { Queryable } from "./database/database.ts";

/** Heard by pages: the payload is the reference of an order that changed. */
export const changedChannel = "ordna_changed";

export async function tellChanged(tx: Queryable, reference: string): Promise<void> {
  await tx.query("select pg_notify($1, $2)", [changedChannel, reference]);
}
