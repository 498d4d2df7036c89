// What stood still and goes on again, by its cause: by itself, or by whom and how. Reads only.
import type { Queryable } from "./database/database.ts";
import { ofStores } from "./store-of.ts";

export interface MendedGroup {
  readonly provider: string;
  /** The step of the configuration; null when it went on by itself. */
  readonly operation: string | null;
  readonly cause: string;
  /** Who decided; null when nobody had to. */
  readonly by: string | null;
  /** The decision: "order.amend", "step.retry". */
  readonly how: string | null;
  readonly count: number;
  readonly lastAt: string;
  /** The newest few. */
  readonly orders: readonly { readonly reference: string; readonly shopOrder: string | null }[];
}

interface Row extends Omit<MendedGroup, "lastAt"> {
  last_at: Date;
}

const mostGroups = 20;
const samples = 3;

/** What moves a step on; a note or an assignment does not. */
const moves = [
  "order.amend",
  "order.choose-service",
  "order.release",
  "order.cancel",
  "step.retry",
  "step.settle",
  "step.by-hand",
  "step.skip",
];

/** The newest first. `stores`: null is every store. */
export async function listMended(
  db: Queryable,
  since: Date,
  stores: readonly string[] | null = null,
): Promise<readonly MendedGroup[]> {
  const { rows } = await db.query<Row>(
    `with mended as (
       select m.provider, case when d.what is not null then m.operation end as operation, m.cause, m.mended_at,
         m.mended_at - m.since as lasted, o.reference, o.facts->>'shopOrder' as shop_order, d.actor, d.what,
         row_number() over (partition by m.provider, case when d.what is not null then m.operation end, m.cause, d.actor, d.what
           order by m.mended_at desc, o.reference) as n
       from mended_step m join run r on r.id = m.run join orders o on o.reference = r.reference
       left join lateral (select actor, what from decision
         where reference = o.reference and decided_at between r.opened_at and m.mended_at
           and what = any ($3::text[]) and (step is null or step = m.name)
         order by number desc limit 1) d on true
       where m.mended_at >= $1 and ${ofStores("o.store", "$2", stores)})
     select provider, operation, cause, actor as by, what as how, count(distinct reference)::integer as count,
       max(mended_at) as last_at,
       jsonb_agg(jsonb_build_object('reference', reference, 'shopOrder', shop_order) order by n)
         filter (where n <= $4) as orders
     from mended group by 1, 2, 3, 4, 5
     -- What lasted a moment for each and mended itself was in nobody's way.
     having actor is not null or max(lasted) >= interval '10 s'
     order by max(mended_at) desc limit $5`,
    [since, stores, moves, samples, mostGroups],
  );
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at.toISOString() }));
}
