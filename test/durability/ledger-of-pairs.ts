// What the durability laps write: transactions of two rows that name each other, so that a torn one shows.
import type { Database } from "../../src/ledger/database/database.ts";

export interface Examined {
  /** Transactions, counted by the table. */
  readonly found: number;
  readonly last: number;
  /** Rows without their pair, and gaps. */
  readonly torn: number;
  readonly doIndexesAgree: boolean;
}

export async function makePairs(db: Database): Promise<void> {
  await db.query(
    `create table if not exists note (id int primary key, pair int not null unique, text text not null);
     create table if not exists latest (one int primary key, id int not null)`,
  );
}

/** Transaction number `n`, from 1. */
export async function writePair(db: Database, n: number): Promise<void> {
  const [a, b] = [2 * n - 1, 2 * n];
  await db.transaction(async (tx) => {
    const insert = "insert into note values ($1, $2, repeat('x', $3))";
    await tx.query(insert, [a, b, n % 700]);
    await tx.query(insert, [b, a, n % 300]);
    await tx.query(
      "insert into latest values (1, $1) on conflict (one) do update set id = excluded.id",
      [b],
    );
  });
}

export async function examine(db: Database): Promise<Examined> {
  await makePairs(db);
  const one = async <Row>(sql: string) => (await db.query<Row>(sql, [])).rows[0];
  const counted = await one<{ n: number; last: number; torn: number }>(
    `select count(*) as n, coalesce(max(id), 0) as last,
       count(*) filter (where not exists (select 1 from note o where o.id = n.pair and o.pair = n.id)) as torn
     from note n`,
  );
  const { n = 0, last = 0, torn = 0 } = counted ?? {};
  const latest = (await one<{ id: number }>("select id from latest"))?.id ?? 0;
  const [byTable, byId, byPair] = await Promise.all(
    ["text", "id", "pair"].map((column) => sumBy(db, column)),
  );
  return {
    found: n / 2,
    last: last / 2,
    torn: torn + (n - last) + (latest - last),
    doIndexesAgree: byTable === byId && byId === byPair,
  };
}

/** The same sum through the table, or through one of its indexes. */
function sumBy(db: Database, column: string): Promise<string> {
  const order = column === "text" ? "" : `order by ${column}`;
  const isTable = column === "text";
  return db.transaction(async (tx) => {
    await tx.query(`set local enable_seqscan = ${isTable}`);
    await tx.query(`set local enable_indexscan = ${!isTable}`);
    await tx.query("set local enable_bitmapscan = off");
    await tx.query("set local enable_sort = off");
    const sum = `select coalesce(string_agg(id || ':' || pair, ','), '') as sum
                 from (select id, pair from note ${order}) n`;
    const { rows } = await tx.query<{ sum: string }>(sum, []);
    return (rows[0]?.sum ?? "").split(",").sort().join(",");
  });
}
