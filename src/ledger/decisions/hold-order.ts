import type { Queryable } from "../database/database.ts";

export interface Hold {
  readonly since: string;
  readonly because: string;
}

export async function holdOf(tx: Queryable, reference: string): Promise<Hold | undefined> {
  const { rows } = await tx.query<{ held_at: Date | null; held_because: string | null }>(
    "select held_at, held_because from orders where reference = $1",
    [reference],
  );
  const { held_at: since, held_because: because } = rows[0] ?? {};
  return since && because !== null
    ? { since: since.toISOString(), because: because ?? "" }
    : undefined;
}

/** It stands on each step, too: a claim that waits for a step's lock sees it. */
export async function markHeld(
  tx: Queryable,
  reference: string,
  because: string | undefined,
): Promise<void> {
  await tx.query(
    `update orders set held_at = case when $2::text is null then null else now() end, held_because = $2,
       changed_at = now() where reference = $1`,
    [reference, because ?? null],
  );
  await tx.query(
    `update step s set is_held = $2, changed_at = now(),
       -- It was looked for and put off because of the hold.
       cause = case when s.cause = 'order.held' then null else s.cause end,
       message = case when s.cause = 'order.held' then null else s.message end
     from run r where r.id = s.run and r.reference = $1
       and s.state not in ('done', 'skipped') and s.is_held <> $2`,
    [reference, because !== undefined],
  );
}
