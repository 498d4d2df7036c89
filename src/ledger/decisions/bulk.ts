// One decision on many orders: what it is about, and how far it is.
import type { Database, Queryable } from "../database/database.ts";
import type { Actor } from "./record-decision.ts";

/** A group of the inbox. */
export interface CauseGroup {
  readonly cause: string;
  readonly provider: string;
  readonly operation: string;
  /** Of what nobody foresaw: only the failures that are alike. */
  readonly fingerprint?: string | undefined;
}

export interface BulkPlan {
  readonly orders: number;
  readonly steps: number;
  /** What the orders are worth, by currency, in minor units. */
  readonly totals: readonly { readonly minor: string; readonly currency: string }[];
}

export interface BulkProgress extends Omit<CauseGroup, "fingerprint"> {
  readonly fingerprint: string | null;
  readonly id: string;
  readonly state: "running" | "cancelled" | "done";
  readonly actor: string;
  readonly reason: string | null;
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly perSecond: number;
  readonly total: number;
  readonly made: number;
  /** Of those made: they stand still again. */
  readonly again: number;
  readonly refused: number;
  readonly left: number;
  readonly waiting: number;
}

export interface BulkItem {
  readonly reference: string;
  readonly step: string;
}

const inGroup = `s.state = 'attention' and s.cause = $1 and s.provider = $2 and coalesce(s.definition, s.name) = $3
  and ($4::text is null or message_fingerprint(s.message) = $4)`;

export async function planBulk(db: Queryable, group: CauseGroup): Promise<BulkPlan> {
  const { rows } = await db.query<{
    currency: string;
    minor: string;
    steps: number;
    orders: number;
  }>(
    `select o.facts#>>'{total,currency}' as currency, sum((o.facts#>>'{total,minor}')::numeric)::text as minor,
       count(*)::integer as steps, count(distinct o.reference)::integer as orders
     from step s join run r on r.id = s.run join orders o on o.reference = r.reference
     where ${inGroup} group by 1 order by 1`,
    [group.cause, group.provider, group.operation, group.fingerprint ?? null],
  );
  return {
    orders: rows.reduce((sum, { orders }) => sum + orders, 0),
    steps: rows.reduce((sum, { steps }) => sum + steps, 0),
    totals: rows.map(({ currency, minor }) => ({ minor, currency })),
  };
}

/** Two that ask with one key, or for one bulk, take turns. */
export async function lockBulk(tx: Queryable, name: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`bulk/${name}`]);
}

export interface NewBulk extends CauseGroup {
  readonly id: string;
  readonly decision: number;
  readonly actor: Actor;
  readonly reason: string | undefined;
  readonly perSecond: number;
}

/** Whoever is in the group now; who comes later is not in it. */
export async function openBulk(tx: Queryable, bulk: NewBulk): Promise<void> {
  const { id, decision, cause, provider, operation, actor, reason, perSecond } = bulk;
  const fingerprint = bulk.fingerprint ?? null;
  await tx.query(
    `insert into bulk (id, decision, cause, provider, operation, actor, origin, reason, per_second, fingerprint)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      decision,
      cause,
      provider,
      operation,
      actor.name,
      actor.origin,
      reason ?? null,
      perSecond,
      fingerprint,
    ],
  );
  await tx.query(
    `insert into bulk_item (bulk, reference, step)
     select $5, r.reference, s.name from step s join run r on r.id = s.run where ${inGroup}`,
    [cause, provider, operation, fingerprint, id],
  );
}

export async function loadBulk(db: Queryable, id?: string): Promise<BulkProgress[]> {
  const { rows } = await db.query<
    Omit<BulkProgress, "begunAt" | "endedAt"> & { begun_at: Date; ended_at: Date | null }
  >(
    `select b.id, b.cause, b.provider, b.operation, b.fingerprint, b.state, b.actor, b.reason, b.begun_at, b.ended_at,
       b.per_second as "perSecond", count(i.step)::integer as total,
       count(i.step) filter (where i.state = 'made')::integer as made,
       count(i.step) filter (where i.state = 'made' and exists (select 1 from run r join step s on s.run = r.id
         where r.reference = i.reference and s.name = i.step and s.state = 'attention'))::integer as again,
       count(i.step) filter (where i.state = 'refused')::integer as refused,
       count(i.step) filter (where i.state = 'left')::integer as left,
       count(i.step) filter (where i.state = 'waiting')::integer as waiting
     from bulk b left join bulk_item i on i.bulk = b.id
     where $1::text is null or b.id = $1 group by b.id order by b.begun_at desc limit 50`,
    [id ?? null],
  );
  return rows.map(({ begun_at, ended_at, ...row }) => ({
    ...row,
    begunAt: begun_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
  }));
}

/** Its actor, and the next of its orders; undefined when it is not running any more. */
export async function nextOfBulk(
  db: Database,
  id: string,
): Promise<{ actor: Actor; reason: string | undefined; items: BulkItem[] } | undefined> {
  const { rows } = await db.query<{
    actor: string;
    origin: string;
    reason: string | null;
    reference: string | null;
    step: string | null;
  }>(
    `select b.actor, b.origin, b.reason, i.reference, i.step from bulk b left join lateral (
       select reference, step from bulk_item where bulk = b.id and state = 'waiting'
       order by reference, step limit b.per_second) i on true
     where b.id = $1 and b.state = 'running'`,
    [id],
  );
  const [first] = rows;
  if (!first) return undefined;
  const items = rows.flatMap(({ reference, step }) =>
    reference !== null && step !== null ? [{ reference, step }] : [],
  );
  const { actor: name, origin, reason } = first;
  return { actor: { name, origin }, reason: reason ?? undefined, items };
}

/** Also when it was cancelled meanwhile: what was made counts as made. */
export async function settleBulkItem(
  db: Database,
  id: string,
  { reference, step }: BulkItem,
  why: string | undefined,
): Promise<void> {
  await db.query(
    `update bulk_item set state = case when $4::text is null then 'made' else 'refused' end, why = $4
     where bulk = $1 and reference = $2 and step = $3`,
    [id, reference, step, why ?? null],
  );
}

export async function endBulk(db: Database, id: string): Promise<void> {
  await db.query(
    `update bulk set state = 'done', ended_at = now() where id = $1 and state = 'running'
       and not exists (select 1 from bulk_item where bulk = $1 and state = 'waiting')`,
    [id],
  );
}

/** False when it had ended. */
export async function cancelBulk(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update bulk set state = 'cancelled', ended_at = now() where id = $1 and state = 'running'",
    [id],
  );
  if (rowCount === 0) return false;
  await tx.query("update bulk_item set state = 'left' where bulk = $1 and state = 'waiting'", [id]);
  return true;
}

/** Those that a restart finds unfinished. */
export async function runningBulks(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    "select id from bulk where state = 'running'",
    [],
  );
  return rows.map(({ id }) => id);
}
