// What people look at: lists and one order with everything that happened to it. Reads only.
import { type Fate, fates } from "../connector-kit/roles.ts";
import type { StepState } from "../pipeline/plan.ts";
import type { Database, Value } from "./database/database.ts";
import type { OrderRecord } from "./ledger.ts";
import { type OrderFilter, orderFilter } from "./order-filter.ts";
import { ofStores, type Stores } from "./store-of.ts";

export interface StepGlance {
  readonly name: string;
  readonly provider: string;
  readonly state: StepState;
  readonly cause: string | null;
  readonly message: string | null;
  /** ISO; when a waiting step is due. */
  readonly dueAt: string | null;
  readonly needs: readonly string[];
}

export interface OrderGlance {
  readonly reference: string;
  readonly store: string;
  readonly shopOrder: string | null;
  readonly state: OrderRecord["state"];
  readonly isLive: boolean;
  readonly total: { readonly minor: string; readonly currency: string };
  /** To whom it goes, else who bought it. */
  readonly customer: string | null;
  readonly country: string | null;
  readonly locale: string;
  /** When its first event was on disk. */
  readonly receivedAt: string;
  readonly createdAt: string;
  readonly doneAt: string | null;
  readonly steps: readonly StepGlance[];
}

export interface OrderList {
  readonly orders: readonly OrderGlance[];
  /** Pass as `before` for the next page; null on the last. */
  readonly next: string | null;
  readonly counts: Readonly<Record<OrderRecord["state"] | "waiting", number>>;
}

interface OrderRow {
  reference: string;
  store: string;
  state: OrderRecord["state"];
  livemode: boolean;
  shop_order: string | null;
  total: { minor: string; currency: string };
  customer: string | null;
  country: string | null;
  locale: string;
  received_at: Date;
  created_at: Date;
  done_at: Date | null;
  cursor: string;
  steps: StepGlance[];
}

const glance = `o.reference, o.store, o.state, o.livemode, o.facts->>'shopOrder' as shop_order,
  o.facts->'total' as total, coalesce(o.amended, o.facts)#>>'{shipTo,address,country}' as country,
  coalesce(coalesce(o.amended, o.facts)#>>'{shipTo,name}', coalesce(o.amended, o.facts)#>>'{buyer,name}') as customer,
  o.facts#>>'{locale,tag}' as locale,
  (select e.received_at from event e where e.source = o.source and e.id = o.event_id) as received_at, o.created_at, o.done_at,
  -- To the microsecond, as the database counts: orders of one millisecond must not fall between two pages.
  to_char(o.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z/"') || o.reference as cursor,
  (select jsonb_agg(jsonb_build_object('name', s.name, 'provider', s.provider, 'state', s.state,
     'cause', s.cause, 'message', s.message, 'needs', s.needs,
     'dueAt', case when s.state in ('ready', 'unknown', 'parked') then s.not_before
       when s.state = 'running' then s.lease_until end) order by r.opened_at, s.position)
   from step s join run r on r.id = s.run where r.reference = o.reference) as steps`;

export interface OrderQuery extends OrderFilter {
  readonly limit: number;
  /** "<ISO date-time>/<reference>", as given in `next`. */
  readonly before?: string | undefined;
}

export async function listOrders(db: Database, query: OrderQuery): Promise<OrderList> {
  const params: Value[] = [];
  const param = (value: Value) => `$${params.push(value)}`;
  const conditions = [orderFilter(query, param)];
  if (query.before) {
    const [createdAt = "", reference = ""] = query.before.split("/");
    const place = `(${param(createdAt)}::timestamptz, ${param(reference)})`;
    conditions.push(`(o.created_at, o.reference) < ${place}`);
  }
  const [{ rows }, counts] = await Promise.all([
    db.query<OrderRow>(
      `select ${glance} from orders o where ${conditions.join(" and ")}
       order by o.created_at desc, o.reference desc limit ${param(query.limit + 1)}`,
      params,
    ),
    countOrders(db, query.stores),
  ]);
  const page = rows.slice(0, query.limit);
  const hasMore = rows.length > query.limit;
  return {
    orders: page.map(asGlance),
    next: (hasMore && page.at(-1)?.cursor) || null,
    counts,
  };
}

/** Whoever has more sees "10 000+": nobody counts a whole history for a number beside a link. */
export const mostCounted = 10_000;

/** Orders by how they stand. Those that wait by themselves are not among the open ones. */
export async function countOrders(
  db: Database,
  stores: Stores = null,
): Promise<OrderList["counts"]> {
  const of = ofStores("o.store", "$1", stores);
  const ended = (state: string) =>
    `(select count(*) from (select 1 from orders o where ${state} and ${of} limit ${mostCounted + 1}) as counted)`;
  const { rows } = await db.query<Record<keyof OrderList["counts"], string | number>>(
    `select coalesce(sum(n) filter (where state = 'open'), 0) as open,
       coalesce(sum(n) filter (where state = 'attention'), 0) as attention,
       (select count(distinct o.reference) from step s join run r on r.id = s.run
        join orders o on o.reference = r.reference
        where s.cause is not null and s.state in ('ready', 'unknown', 'parked') and o.state = 'open' and ${of}) as waiting,
       ${ended("o.done_at is not null")} as done, ${ended("o.state = 'cancelled'")} as cancelled
     from (select o.state, count(*) as n from orders o where o.state in ('open', 'attention') and ${of} group by 1) alive`,
    [stores],
  );
  const { open = 0, waiting = 0, attention = 0, done = 0, cancelled = 0 } = rows[0] ?? {};
  return {
    open: Math.max(0, Number(open) - Number(waiting)),
    waiting: Number(waiting),
    attention: Number(attention),
    done: Number(done),
    cancelled: Number(cancelled),
  };
}

function asGlance(row: OrderRow): OrderGlance {
  return {
    reference: row.reference,
    store: row.store,
    shopOrder: row.shop_order,
    state: row.state,
    isLive: row.livemode,
    total: row.total,
    customer: row.customer,
    country: row.country,
    locale: row.locale,
    receivedAt: row.received_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    steps: row.steps ?? [],
  };
}

export interface Happening {
  readonly at: string;
  readonly step: string;
  readonly provider: string;
  readonly outcome: string | null;
  readonly isRepeat: boolean;
  readonly message: string | null;
  readonly externalId: string | null;
}

/** What became of an e-mail after its provider took it. */
export interface Delivery {
  readonly fate: Fate;
  /** When, by the provider's clock. */
  readonly at: string;
  readonly why: string | null;
}

export interface OrderDetail extends OrderGlance {
  /** What went back to the buyer. */
  readonly refunded: { readonly minor: string; readonly currency: string } | null;
  readonly stoppedBecause: string | null;
  /** The Order with its amendments, as JSON. */
  readonly facts: unknown;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** By the name of the step that sent it. */
  readonly deliveries: Readonly<Record<string, Delivery>>;
  /** Every attempt, oldest first. */
  readonly happenings: readonly Happening[];
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly receivedAt: string;
    readonly deliveries: number;
  }[];
}

interface DetailRow {
  facts: unknown;
  refunded: OrderDetail["refunded"];
  stopped_because: string | null;
}

export async function showOrder(db: Database, reference: string): Promise<OrderDetail | undefined> {
  const { rows } = await db.query<OrderRow & DetailRow>(
    `select ${glance}, coalesce(o.amended, o.facts) as facts, o.stopped_because,
       (select jsonb_build_object('minor', f.refunded_minor::text, 'currency', f.currency) from refund f
        where f.source = o.source and f.payment_intent = o.payment_intent and f.refunded_minor > 0) as refunded
     from orders o where o.reference = $1`,
    [reference],
  );
  const row = rows[0];
  if (!row) return undefined;
  const attempts = await db.query<Omit<Happening, "at"> & { at: Date }>(
    `select coalesce(a.ended_at, a.begun_at) as at, a.name as step, s.provider, a.outcome,
       a.is_repeat as "isRepeat", a.message, e.external_id as "externalId"
     from attempt a join step s on s.run = a.run and s.name = a.name join run r on r.id = a.run
     left join effect e on e.run = a.run and e.name = a.name and e.fence = a.fence
     where r.reference = $1 order by a.begun_at, a.fence`,
    [reference],
  );
  const outputs = await db.query<{ name: string; output: unknown }>(
    `select s.name, s.output from step s join run r on r.id = s.run
     where r.reference = $1 and s.output is not null`,
    [reference],
  );
  const deliveries = await db.query<{ name: string; fate: Fate; at: Date; why: string | null }>(
    // The worst that was told; the first time, should it have been told again.
    `select distinct on (d.run, d.name) d.name, d.fate, d.happened_at as at, d.why
     from delivery_report d join run r on r.id = d.run where r.reference = $1
     order by d.run, d.name, array_position($2::text[], d.fate) desc, d.happened_at`,
    [reference, fates],
  );
  const events = await db.query<{
    id: string;
    type: string;
    received_at: Date;
    deliveries: number;
  }>(
    "select id, type, received_at, deliveries from event where reference = $1 order by received_at",
    [reference],
  );
  return {
    ...asGlance(row),
    refunded: row.refunded,
    stoppedBecause: row.stopped_because,
    facts: row.facts,
    outputs: Object.fromEntries(outputs.rows.map(({ name, output }) => [name, output])),
    deliveries: Object.fromEntries(
      deliveries.rows.map(({ name, fate, at, why }) => [name, { fate, at: at.toISOString(), why }]),
    ),
    happenings: attempts.rows.map((a) => ({ ...a, at: a.at.toISOString() })),
    events: events.rows.map((e) => ({
      id: e.id,
      type: e.type,
      receivedAt: e.received_at.toISOString(),
      deliveries: e.deliveries,
    })),
  };
}
