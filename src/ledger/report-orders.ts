// How the shop's orders went in some days. Reads only.
import type { Database } from "./database/database.ts";

export interface OrderReport {
  readonly orders: number;
  readonly done: number;
  /** Done, and no step of it ever waited for a person. */
  readonly touchless: number;
  /** From the order's first letter to its last step, in ms; null without an order that is done. */
  readonly halfWithinMs: number | null;
  readonly mostWithinMs: number | null;
  /** What stopped orders until somebody mended it. */
  readonly causes: readonly {
    readonly cause: string;
    readonly provider: string;
    readonly orders: number;
  }[];
  readonly perDay: readonly {
    readonly day: string;
    readonly orders: number;
    readonly touchless: number;
  }[];
}

export interface ReportQuery {
  readonly days: number;
  readonly timeZone: string;
  /** Absent or null: every store. */
  readonly stores?: readonly string[] | null | undefined;
}

/** An attempt that was rejected, or could not be told, is what a person was asked about. */
const touched = `select distinct r.reference from attempt a join run r on r.id = a.run
  where a.outcome = 'rejected' and a.begun_at >= $1`;

export async function reportOrders(db: Database, query: ReportQuery): Promise<OrderReport> {
  const { days, timeZone, stores = null } = query;
  const { rows: starts } = await db.query<{ from_at: Date }>(
    `select (date_trunc('day', now() at time zone $2) - ($1 - 1) * interval '1 day') at time zone $2
       as from_at`,
    [days, timeZone],
  );
  const from = starts[0]?.from_at ?? new Date(0);
  const { rows } = await db.query<{
    day: string;
    orders: string;
    done: string;
    touchless: string;
  }>(
    `with touched as (${touched})
     select to_char(o.created_at at time zone $2, 'YYYY-MM-DD') as day, count(*) as orders,
       count(*) filter (where o.state = 'done') as done,
       count(*) filter (where o.state = 'done' and t.reference is null) as touchless
     from orders o left join touched t on t.reference = o.reference
     where o.created_at >= $1 and ($3::text[] is null or o.store = any ($3)) group by 1 order by 1`,
    [from, timeZone, stores],
  );
  const spans = await db.query<{ half: string | null; most: string | null }>(
    `select percentile_cont(0.5) within group (order by span) as half,
       percentile_cont(0.95) within group (order by span) as most
     from (select extract(epoch from done_at - created_at) * 1000 as span from orders
           where created_at >= $1 and done_at is not null and ($2::text[] is null or store = any ($2))) as spans`,
    [from, stores],
  );
  const causes = await db.query<{ cause: string; provider: string; orders: string }>(
    `select coalesce(a.cause, 'unknown') as cause, s.provider, count(distinct r.reference) as orders
     from attempt a join run r on r.id = a.run join step s on s.run = a.run and s.name = a.name
       join orders o on o.reference = r.reference
     where a.outcome = 'rejected' and a.begun_at >= $1 and ($2::text[] is null or o.store = any ($2)) group by 1, 2 order by 3 desc limit 20`,
    [from, stores],
  );
  const { half = null, most = null } = spans.rows[0] ?? {};
  const all = (key: "orders" | "done" | "touchless") =>
    rows.reduce((sum, row) => sum + Number(row[key]), 0);
  return {
    orders: all("orders"),
    done: all("done"),
    touchless: all("touchless"),
    halfWithinMs: half === null ? null : Math.round(Number(half)),
    mostWithinMs: most === null ? null : Math.round(Number(most)),
    causes: causes.rows.map((row) => ({ ...row, orders: Number(row.orders) })),
    perDay: rows.map(({ day, orders, touchless }) => ({
      day,
      orders: Number(orders),
      touchless: Number(touchless),
    })),
  };
}
