// What waits, grouped by its cause: for a person, or by itself. Reads only.
import { explained } from "../connector-kit/cause.ts";
import { type Correction, correctionOf } from "../connector-kit/correction.ts";
import type { Queryable } from "./database/database.ts";

export interface InboxOrder {
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly customer: string | null;
  readonly total: { readonly minor: string; readonly currency: string };
  readonly step: string;
  readonly message: string | null;
  /** The fact that is wrong: "shipTo.address.postalCode". */
  readonly field: string | null;
  readonly since: string;
  readonly assignedTo: string | null;
  /** Nobody wants to see it before; may be over. */
  readonly snoozedUntil: string | null;
  /** A person had decided, and it needs one again; or it was put off, and its time has come. */
  readonly isReopened: boolean;
}

export interface InboxGroup {
  /** "attention" needs a person; "waiting" goes on by itself. */
  readonly state: "attention" | "waiting";
  readonly provider: string;
  /** The step of the configuration; null when several wait for the same. */
  readonly operation: string | null;
  readonly cause: string;
  /** Of what nobody foresaw: what its messages have in common. */
  readonly fingerprint: string | null;
  /** What a person called it. */
  readonly name: string | null;
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
  /** Null or absent: every store. */
  readonly stores?: readonly string[] | null | undefined;
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
  operation: string | null;
  cause: string;
  fingerprint: string | null;
  name: string | null;
  count: number;
  oldest: Date;
  next_at: Date | null;
  totals: { currency: string; minor: string }[];
  orders: InboxOrder[];
}

/** A group is what one deed mends: step, provider and cause; of what waits by itself, provider and cause. */
const key = "state, provider, operation, cause, fingerprint";

const inTheWay = `select case when s.state = 'attention' then 'attention' else 'waiting' end as state,
    s.provider, case when s.state = 'attention' then coalesce(s.definition, s.name) end as operation, s.cause,
    case when s.cause = 'unknown' then message_fingerprint(s.message) end as fingerprint,
    s.run, s.name as step, s.position, s.message, s.field, s.changed_at, coalesce(s.first_failed, s.changed_at) as since,
    case when s.state <> 'attention' then s.not_before end as next_at, o.reference, o.snoozed_until, o.assigned_to,
    o.facts->>'shopOrder' as shop_order, o.facts->'total' as total,
    coalesce(coalesce(o.amended, o.facts)#>>'{shipTo,name}', coalesce(o.amended, o.facts)#>>'{buyer,name}') as customer
  from step s join run r on r.id = s.run join orders o on o.reference = r.reference
  where s.cause is not null and s.state in ('attention', 'ready', 'unknown', 'parked')
    and ($1::text is null or o.store = $1) and ($2::text[] is null or o.store = any ($2))
    and ($3 or o.snoozed_until is null or o.snoozed_until <= now())`;

/** Somebody corrected or retried it after it first stood still, and before it stood still the last time. */
const isReopened = `n.state = 'attention' and (n.snoozed_until <= now() or exists (
    select 1 from decision d where d.reference = n.reference and d.decided_at < n.changed_at
      and (d.step = n.step or d.what in ('order.amend', 'order.choose-service'))
      and d.what in ('order.amend', 'order.choose-service', 'step.retry', 'step.settle')
      and d.decided_at > (select min(a.begun_at) from attempt a where a.run = n.run and a.name = n.step)))`;

export async function listInbox(db: Queryable, query: InboxQuery = {}): Promise<Inbox> {
  const [{ rows }, needing] = await Promise.all([
    db.query<Row>(
      `with w as (${inTheWay}), once as (
       select *, row_number() over (partition by reference, ${key} order by position) as nth from w), numbered as (
       select *, row_number() over (partition by ${key} order by since, reference) as n from once where nth = 1), money as (
       select ${key}, jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor::text) order by currency) as totals
       from (select ${key}, total->>'currency' as currency, sum((total->>'minor')::numeric) as minor
         from numbered group by ${key}, total->>'currency') m group by ${key})
     select n.state, n.provider, n.operation, n.cause, n.fingerprint, max(c.name) as name, count(*)::integer as count,
       min(n.since) as oldest, min(n.next_at) as next_at, money.totals,
       jsonb_agg(jsonb_build_object('reference', n.reference, 'shopOrder', n.shop_order, 'customer', n.customer,
         'total', n.total, 'step', n.step, 'message', n.message, 'field', n.field, 'assignedTo', n.assigned_to,
         'since', n.since, 'snoozedUntil', n.snoozed_until, 'isReopened', coalesce(${isReopened}, false))
         order by n.n) filter (where n.n <= $4) as orders
     from numbered n join money on (n.state, n.provider, n.cause) = (money.state, money.provider, money.cause)
       and n.operation is not distinct from money.operation and n.fingerprint is not distinct from money.fingerprint
     left join cause_name c on (c.provider, c.operation, c.fingerprint) = (n.provider, n.operation, n.fingerprint)
     group by n.state, n.provider, n.operation, n.cause, n.fingerprint, money.totals
     order by n.state, min(n.since)`,
      [query.store ?? null, query.stores ?? null, query.withSnoozed === true, samples],
    ),
    countNeeding(db, query),
  ]);
  const groups = rows.map(asGroup);
  return {
    groups: query.who === undefined ? groups : groups.filter(({ who }) => who === query.who),
    ...needing,
  };
}

function asGroup({ next_at, oldest, orders, ...row }: Row): InboxGroup {
  const { sentence, who } = explained(row.cause, row.provider);
  const { button, decision, orCustomer = false } = correctionOf(row.cause);
  return {
    ...row,
    sentence: row.name ?? sentence,
    who: row.state === "waiting" ? "nobody" : who === "nobody" ? "manager" : who,
    canCustomer: orCustomer,
    button,
    decision,
    oldest: oldest.toISOString(),
    nextAt: next_at?.toISOString() ?? null,
    orders: orders.map((order) => ({
      ...order,
      since: new Date(order.since).toISOString(),
      snoozedUntil: order.snoozedUntil && new Date(order.snoozedUntil).toISOString(),
    })),
  };
}

async function countNeeding(db: Queryable, { store, stores }: InboxQuery) {
  const { rows } = await db.query<{ needs_you: number; snoozed: number }>(
    `select count(*) filter (where not is_snoozed)::integer as needs_you,
       count(*) filter (where is_snoozed)::integer as snoozed
     from (select distinct o.reference, coalesce(o.snoozed_until > now(), false) as is_snoozed
       from step s join run r on r.id = s.run join orders o on o.reference = r.reference
       where s.cause is not null and s.state = 'attention' and ($1::text is null or o.store = $1)
         and ($2::text[] is null or o.store = any ($2))) a`,
    [store ?? null, stores ?? null],
  );
  return { needsYou: rows[0]?.needs_you ?? 0, snoozed: rows[0]?.snoozed ?? 0 };
}
