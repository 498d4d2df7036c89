// The day in numbers, and when Ordna last worked: an empty inbox must not hide a worker that is dead.
import type { Queryable } from "./database/database.ts";
import { ofStores } from "./store-of.ts";

export interface Today {
  readonly paid: number;
  readonly done: number;
  readonly lastDoneAt: string | null;
  /** When a step was last worked on. */
  readonly lastWorkAt: string | null;
}

/** `stores`: null is every store. */
export async function dayInShort(
  db: Queryable,
  since: Date,
  stores: readonly string[] | null = null,
): Promise<Today> {
  const { rows } = await db.query<{
    paid: string | number;
    done: string | number;
    last_done_at: Date | null;
    last_work_at: Date | null;
  }>(
    `select (select count(*) from orders where created_at >= $1 and ${ofStores("store", "$2", stores)}) as paid,
       (select count(*) from orders where done_at >= $1 and ${ofStores("store", "$2", stores)}) as done,
       (select max(done_at) from orders where done_at is not null) as last_done_at,
       (select max(begun_at) from attempt) as last_work_at`,
    [since, stores],
  );
  const [row] = rows;
  return {
    paid: Number(row?.paid ?? 0),
    done: Number(row?.done ?? 0),
    lastDoneAt: row?.last_done_at?.toISOString() ?? null,
    lastWorkAt: row?.last_work_at?.toISOString() ?? null,
  };
}
