import type { Queryable } from "./database/database.ts";

/** Of which stores somebody may know; null: of all. */
export type Stores = readonly string[] | null;

/**
 * The condition for it; `place` is the parameter that holds `stores`, such as "$3". Whoever may know of all asks without
 * the column: an index that does not hold it is enough then.
 */
export const ofStores = (column: string, place: string, stores: Stores) =>
  stores === null ? `${place}::text[] is null` : `${column} = any (${place}::text[])`;

/** Those of these orders that belong to these stores. */
export async function ordersOf(
  db: Queryable,
  references: readonly string[],
  stores: Stores,
): Promise<readonly string[]> {
  if (stores === null) return references;
  const { rows } = await db.query<{ reference: string }>(
    "select reference from orders where reference = any ($1) and store = any ($2)",
    [references, stores],
  );
  return rows.map(({ reference }) => reference);
}

export async function storeOf(db: Queryable, reference: string): Promise<string | undefined> {
  const { rows } = await db.query<{ store: string }>(
    "select store from orders where reference = $1",
    [reference],
  );
  return rows[0]?.store;
}
