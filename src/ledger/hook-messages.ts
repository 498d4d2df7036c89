// What was told, or will be: taken by one sender at a time, tried for days, and kept as a log.
import type { Queryable } from "./database/database.ts";

export interface HookMessage {
  readonly id: number;
  readonly hook: number;
  readonly url: string;
  readonly payload: string;
  readonly tries: number;
  /** The present one first. */
  readonly secrets: readonly string[];
}

const leaseS = 60;

/** Those that are due, leased to the caller: a sender that dies with them gives them back after a minute. */
export async function takeHookMessages(db: Queryable, most: number): Promise<HookMessage[]> {
  const { rows } = await db.query<{
    id: number;
    hook: number;
    url: string;
    payload: string;
    tries: number;
    secret: string;
    old_secret: string | null;
  }>(
    `with due as (
       select m.id from hook_message m join hook h on h.id = m.hook
       where m.due_at <= now() and h.disabled_at is null
         and (m.leased_until is null or m.leased_until < now())
       order by m.due_at limit $1 for update of m skip locked)
     update hook_message m set leased_until = now() + $2 * interval '1 second', tries = m.tries + 1
     from due, hook h where m.id = due.id and h.id = m.hook
     returning m.id, m.hook, h.url, m.payload, m.tries, h.secret,
       case when h.old_secret_until > now() then h.old_secret end as old_secret`,
    [most, leaseS],
  );
  return rows.map(({ secret, old_secret, ...row }) => ({
    ...row,
    secrets: old_secret === null ? [secret] : [secret, old_secret],
  }));
}

export interface HookTry {
  readonly status: number | null;
  readonly tookMs: number;
  readonly error: string | null;
  readonly answer: string | null;
  /** Undefined: it arrived. Null: never again. */
  readonly nextAfterMs: number | null | undefined;
  /** The receiver said that it wants no more of them. */
  readonly isGone: boolean;
}

/** A hook to which nothing arrived for so long is not tried any more, until a person says so. */
const patience = "5 days";

export async function recordHookTry(
  tx: Queryable,
  { id, hook }: Pick<HookMessage, "id" | "hook">,
  { status, tookMs, error, answer, nextAfterMs, isGone }: HookTry,
): Promise<void> {
  await tx.query(
    "insert into hook_try (message, status, took_ms, error, answer) values ($1, $2, $3, $4, $5)",
    [id, status, tookMs, error, answer],
  );
  const hasArrived = nextAfterMs === undefined;
  await tx.query(
    `update hook_message set leased_until = null, arrived_at = case when $2 then now() end,
       given_up_at = case when not $2 and $3::bigint is null then now() end,
       due_at = case when not $2 and $3::bigint is not null then now() + $3 * interval '1 ms' end
     where id = $1`,
    [id, hasArrived, nextAfterMs ?? null],
  );
  await tx.query(
    `update hook set failing_since = case when $2 then null else coalesce(failing_since, now()) end,
       disabled_at = case when $2 then disabled_at when $3 or failing_since < now() - $4::interval
         then coalesce(disabled_at, now()) else disabled_at end,
       disabled_because = case when $2 then disabled_because
         when $3 then 'The receiver answered 410: it wants no more messages.'
         when failing_since < now() - $4::interval then 'Nothing arrived there for 5 days.'
         else disabled_because end
     where id = $1`,
    [hook, hasArrived, isGone, patience],
  );
}

export interface HookMessageGlance {
  readonly id: number;
  readonly hook: number;
  readonly url: string;
  readonly type: string;
  readonly reference: string;
  readonly madeAt: string;
  readonly state: "waiting" | "arrived" | "given up";
  readonly tries: readonly {
    readonly at: string;
    readonly status: number | null;
    readonly tookMs: number;
    readonly error: string | null;
    /** The beginning of what the receiver said. */
    readonly answer: string | null;
  }[];
}

export interface HookMessageQuery {
  /** Undefined: of every hook. */
  readonly hook?: number | undefined;
  readonly limit: number;
  readonly before?: number | undefined;
}

/** The newest first. */
export async function listHookMessages(
  db: Queryable,
  { hook, limit, before }: HookMessageQuery,
): Promise<HookMessageGlance[]> {
  const { rows } = await db.query<
    Omit<HookMessageGlance, "madeAt" | "tries"> & {
      made_at: Date;
      tries: HookMessageGlance["tries"] | null;
    }
  >(
    `select m.id, m.hook, h.url, m.type, m.reference, m.made_at,
       case when m.arrived_at is not null then 'arrived' when m.given_up_at is not null then 'given up'
         else 'waiting' end as state,
       (select jsonb_agg(jsonb_build_object('at', t.at, 'status', t.status, 'tookMs', t.took_ms, 'error', t.error,
          'answer', left(t.answer, 500)) order by t.at) from hook_try t where t.message = m.id) as tries
     from hook_message m join hook h on h.id = m.hook
     where ($1::bigint is null or m.hook = $1) and ($3::bigint is null or m.id < $3)
     order by m.id desc limit $2`,
    [hook ?? null, limit, before ?? null],
  );
  return rows.map(({ made_at, tries, ...row }) => ({
    ...row,
    id: Number(row.id),
    hook: Number(row.hook),
    madeAt: made_at.toISOString(),
    tries: tries ?? [],
  }));
}

/** What was, or will be, told; undefined when there is no such message. */
export async function hookPayload(
  db: Queryable,
  hook: number,
  id: number,
): Promise<string | undefined> {
  const { rows } = await db.query<{ payload: string }>(
    "select payload from hook_message where hook = $1 and id = $2",
    [hook, id],
  );
  return rows[0]?.payload;
}

/** The same message again, with the same id: its receiver may recognise it. */
export async function replayHookMessage(tx: Queryable, hook: number, id: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update hook_message set due_at = now(), arrived_at = null, given_up_at = null, tries = 0
     where hook = $1 and id = $2`,
    [hook, id],
  );
  return rowCount === 1;
}
