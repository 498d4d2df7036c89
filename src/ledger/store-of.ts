import type { Queryable } from "./database/database.ts";

export async function storeOf(db: Queryable, reference: string): Promise<string | undefined> {
  const { rows } = await db.query<{ store: string }>(
    "select store from orders where reference = $1",
    [reference],
  );
  return rows[0]?.store;
}
