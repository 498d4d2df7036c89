// What does not go on by itself, and what does after a while: grouped by its cause. Reads only.
import { type CauseCode, causes } from "../connector-kit/cause.ts";
import type { Database } from "./database/database.ts";
import { ofStores, type Stores } from "./store-of.ts";

interface Sum {
  readonly minor: string;
  readonly currency: string;
}

export interface StuckOrder {
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly customer: string | null;
  readonly total: Sum;
  readonly step: string;
  readonly message: string | null;
  /** The fact that is wrong: "shipTo.address.postalCode". */
  readonly field: string | null;
  readonly since: string;
}

export interface StuckGroup {
  readonly provider: string;
  /** The step that stands still; null when several wait for the same. */
  readonly step: string | null;
  readonly cause: string;
  /** Who can mend it. */
  readonly who: "nobody" | "manager" | "finance" | "developer";
  readonly orders: number;
  readonly totals: readonly Sum[];
  readonly oldest: string;
  /** When the first of them is tried again; null when a person is waited for. */
  readonly dueAt: string | null;
  /** The oldest few. */
  readonly examples: readonly StuckOrder[];
}

const exampleCount = 5;

/** A group is what one deed mends: the same step, provider and cause; of what waits by itself, the provider and cause. */
const stuck = `select s.provider, case when s.state = 'attention' then s.name end as step, s.cause,
    s.state = 'attention' as needs_person, r.reference, s.name, s.message, s.field,
    coalesce(s.first_failed, s.changed_at) as since, s.not_before,
    row_number() over (partition by r.reference, s.provider, s.cause, s.state = 'attention',
      case when s.state = 'attention' then s.name end order by s.position) as nth
  from step s join run r on r.id = s.run
  where s.cause is not null and s.state in ('attention', 'ready', 'unknown', 'parked')`;

interface GroupRow {
  provider: string;
  step: string | null;
  cause: string;
  needs_person: boolean;
  orders: string | number;
  oldest: Date;
  due_at: Date | null;
  totals: Sum[];
  examples: StuckOrder[];
}

export async function listStuck(
  db: Database,
  stores: Stores = null,
): Promise<readonly StuckGroup[]> {
  const { rows } = await db.query<GroupRow>(
    `with stuck as (${stuck}),
     ranked as (
       select k.*, o.facts->>'shopOrder' as shop_order,
         coalesce(o.facts#>>'{shipTo,name}', o.facts#>>'{buyer,name}') as customer,
         o.facts->'total' as total,
         row_number() over (partition by k.provider, k.step, k.cause, k.needs_person
           order by k.since, k.reference) as rank
       from stuck k join orders o on o.reference = k.reference
       where k.nth = 1 and o.state <> 'cancelled' and ${ofStores("o.store", "$2", stores)}),
     sums as (
       select provider, step, cause, needs_person, total->>'currency' as currency,
         sum((total->>'minor')::numeric)::text as minor
       from ranked group by 1, 2, 3, 4, 5)
     select k.provider, k.step, k.cause, k.needs_person, count(*) as orders, min(k.since) as oldest,
       min(k.not_before) filter (where not k.needs_person) as due_at,
       (select jsonb_agg(jsonb_build_object('minor', t.minor, 'currency', t.currency) order by t.currency)
        from sums t where t.provider = k.provider and t.step is not distinct from k.step
          and t.cause = k.cause and t.needs_person = k.needs_person) as totals,
       jsonb_agg(jsonb_build_object('reference', k.reference, 'shopOrder', k.shop_order,
         'customer', k.customer, 'total', k.total, 'step', k.name, 'message', k.message,
         'field', k.field, 'since', k.since) order by k.rank) filter (where k.rank <= $1) as examples
     from ranked k group by 1, 2, 3, 4 order by min(k.since)`,
    [exampleCount, stores],
  );
  return rows.map((row) => ({
    provider: row.provider,
    step: row.step,
    cause: row.cause,
    who: row.needs_person ? whoMends(row.cause) : "nobody",
    orders: Number(row.orders),
    totals: row.totals,
    oldest: row.oldest.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    examples: row.examples.map((one) => ({ ...one, since: new Date(one.since).toISOString() })),
  }));
}

/** What usually goes on by itself and did not is a manager's. */
function whoMends(cause: string): Exclude<StuckGroup["who"], "nobody"> {
  const who = isCause(cause) ? causes[cause].who : "developer";
  return who === "nobody" ? "manager" : who;
}

const isCause = (text: string): text is CauseCode => Object.hasOwn(causes, text);

export interface Today {
  readonly paid: number;
  readonly done: number;
  readonly lastDoneAt: string | null;
  /** When a step was last worked on: an empty inbox must not hide a worker that is dead. */
  readonly lastWorkAt: string | null;
}

export async function todayInShort(
  db: Database,
  since: Date,
  stores: Stores = null,
): Promise<Today> {
  const mine = ofStores("store", "$2", stores);
  const { rows } = await db.query<{
    paid: string | number;
    done: string | number;
    last_done_at: Date | null;
    last_work_at: Date | null;
  }>(
    `select (select count(*) from orders where created_at >= $1 and ${mine}) as paid,
       (select count(*) from orders where done_at >= $1 and ${mine}) as done,
       (select max(done_at) from orders where ${mine}) as last_done_at,
       (select max(begun_at) from attempt) as last_work_at`,
    [since, stores],
  );
  const row = rows[0];
  return {
    paid: Number(row?.paid ?? 0),
    done: Number(row?.done ?? 0),
    lastDoneAt: row?.last_done_at?.toISOString() ?? null,
    lastWorkAt: row?.last_work_at?.toISOString() ?? null,
  };
}
