// How the shop's orders went in some days. Reads only.
import type { Database } from "./database/database.ts";
import { ofStores } from "./store-of.ts";

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
    /** From the first refusal to the step's end, of a half of those that have ended; null when none has. */
    readonly halfWithinMs: number | null;
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

/** What a person was asked about, or did although nobody asked. A note, or a credit note afterwards, moves no order. */
const touched = `select r.reference from attempt a join run r on r.id = a.run
  where a.outcome = 'rejected' and a.begun_at >= $1
  union select d.reference from decision d where d.reference is not null and d.decided_at >= $1
    and d.what in ('order.amend', 'order.hold', 'order.release', 'order.cancel', 'order.choose-service',
      'step.retry', 'step.settle', 'step.skip', 'step.by-hand', 'email.resend')`;

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
           where created_at >= $1 and done_at is not null and ${ofStores("store", "$2", stores)}) as spans`,
    [from, stores],
  );
  const causes = await db.query<{
    cause: string;
    provider: string;
    orders: string;
    half: string | null;
  }>(
    `with one as (
       select coalesce(a.cause, 'unknown') as cause, s.provider, r.reference, s.run, s.name,
         extract(epoch from case when s.state in ('done', 'skipped') then s.changed_at end - min(a.begun_at)) * 1000
           as span
       from attempt a join run r on r.id = a.run join step s on s.run = a.run and s.name = a.name
         join orders o on o.reference = r.reference
       where a.outcome = 'rejected' and a.begun_at >= $1 and ${ofStores("o.store", "$2", stores)}
       group by 1, 2, 3, 4, 5, s.state, s.changed_at)
     select cause, provider, count(distinct reference) as orders,
       percentile_cont(0.5) within group (order by span) as half
     from one group by 1, 2 order by 3 desc limit 20`,
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
    causes: causes.rows.map(({ half, ...row }) => ({
      ...row,
      orders: Number(row.orders),
      halfWithinMs: half === null ? null : Math.round(Number(half)),
    })),
    perDay: rows.map(({ day, orders, touchless }) => ({
      day,
      orders: Number(orders),
      touchless: Number(touchless),
    })),
  };
}
