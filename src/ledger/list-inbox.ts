// What waits, grouped by its cause: for a person, or by itself. Reads only.
import { explained } from "../connector-kit/cause.ts";
import { type Correction, correctionOf } from "../connector-kit/correction.ts";
import type { Database } from "./database/database.ts";
import { ofStores, type Stores } from "./store-of.ts";

export interface InboxOrder {
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly step: string;
  readonly message: string | null;
  readonly field: string | null;
  readonly since: string;
  readonly assignedTo: string | null;
}

export interface InboxGroup {
  /** "attention" needs a person; "waiting" goes on by itself. */
  readonly state: "attention" | "waiting";
  readonly provider: string;
  /** The step of the configuration. */
  readonly operation: string;
  readonly cause: string;
  readonly sentence: string;
  readonly who: "nobody" | "manager" | "finance" | "developer";
  readonly canCustomer: boolean;
  readonly button: string;
  readonly decision: Correction["decision"];
  readonly count: number;
  /** What the orders are worth together, by currency, in minor units. */
  readonly totals: readonly { readonly minor: string; readonly currency: string }[];
  readonly oldest: string;
  /** When the next of them is tried; null when only a person moves them. */
  readonly nextAt: string | null;
  /** The oldest of them. */
  readonly orders: readonly InboxOrder[];
}

export interface InboxQuery {
  readonly who?: InboxGroup["who"] | undefined;
  readonly store?: string | undefined;
  readonly stores?: Stores | undefined;
  /** Also what somebody snoozed. */
  readonly withSnoozed?: boolean | undefined;
}

export interface Inbox {
  readonly groups: readonly InboxGroup[];
  /** Orders that need a person, and how many more are snoozed. */
  readonly needsYou: number;
  readonly snoozed: number;
}

const samples = 50;

interface Row {
  state: "attention" | "waiting";
  provider: string;
  operation: string;
  cause: string;
  count: number;
  oldest: Date;
  next_at: Date | null;
  totals: { currency: string; minor: string }[];
  orders: InboxOrder[];
}

const waitingSteps = (
  stores: Stores,
) => `select case when s.state = 'attention' then 'attention' else 'waiting' end as state,
    s.provider, coalesce(s.definition, s.name) as operation, s.cause, s.name as step, s.message, s.field,
    coalesce(s.first_failed, s.changed_at) as since,
    case when s.state <> 'attention' then s.not_before end as next_at,
    o.reference, o.facts->>'shopOrder' as shop_order, o.assigned_to,
    o.facts#>>'{total,currency}' as currency, (o.facts#>>'{total,minor}')::numeric as minor
  from step s join run r on r.id = s.run join orders o on o.reference = r.reference
  where (s.state = 'attention' or (s.cause is not null and s.state in ('ready', 'unknown', 'parked')))
    and ($1::text is null or o.store = $1) and ${ofStores("o.store", "$4", stores)}
    and ($2 or o.snoozed_until is null or o.snoozed_until <= now())`;

export async function listInbox(db: Database, query: InboxQuery = {}): Promise<Inbox> {
  const { rows } = await db.query<Row>(
    `with w as (${waitingSteps(query.stores ?? null)}), numbered as (
       select *, row_number() over (partition by state, provider, operation, cause order by since, reference) as n
       from w), money as (
       select state, provider, operation, cause,
         jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor::text) order by currency) as totals
       from (select state, provider, operation, cause, currency, sum(minor) as minor from w group by 1, 2, 3, 4, 5) m
       group by 1, 2, 3, 4)
     select n.state, n.provider, n.operation, n.cause, count(*)::integer as count, min(n.since) as oldest,
       min(n.next_at) as next_at, money.totals,
       jsonb_agg(jsonb_build_object('reference', n.reference, 'shopOrder', n.shop_order, 'step', n.step,
         'message', n.message, 'field', n.field, 'assignedTo', n.assigned_to,
         'since', to_char(n.since at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n.since, n.reference)
         filter (where n.n <= $3) as orders
     from numbered n join money using (state, provider, operation, cause)
     group by n.state, n.provider, n.operation, n.cause, money.totals
     order by n.state, min(n.since)`,
    [query.store ?? null, query.withSnoozed === true, samples, query.stores ?? null],
  );
  const groups = rows.map(asGroup);
  return {
    groups: query.who === undefined ? groups : groups.filter(({ who }) => who === query.who),
    ...(await countNeeding(db, query)),
  };
}

function asGroup({ next_at, oldest, ...row }: Row): InboxGroup {
  const { sentence, who } = explained(row.cause, row.provider);
  const { button, decision, orCustomer = false } = correctionOf(row.cause);
  return {
    ...row,
    sentence,
    who: row.state === "waiting" ? "nobody" : who === "nobody" ? "manager" : who,
    canCustomer: orCustomer,
    button,
    decision,
    oldest: oldest.toISOString(),
    nextAt: next_at?.toISOString() ?? null,
  };
}

async function countNeeding(db: Database, { store, stores = null }: InboxQuery) {
  const { rows } = await db.query<{ needs_you: number; snoozed: number }>(
    `select count(*) filter (where not is_snoozed)::integer as needs_you,
       count(*) filter (where is_snoozed)::integer as snoozed
     from (select distinct o.reference, coalesce(o.snoozed_until > now(), false) as is_snoozed
       from step s join run r on r.id = s.run join orders o on o.reference = r.reference
       where s.state = 'attention' and ($1::text is null or o.store = $1)
         and ${ofStores("o.store", "$2", stores)}) a`,
    [store ?? null, stores],
  );
  return { needsYou: rows[0]?.needs_you ?? 0, snoozed: rows[0]?.snoozed ?? 0 };
}
