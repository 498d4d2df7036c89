// After a backup was put back: whatever is not done may have been done since, so nothing is sent before a look.
import { insertAlert } from "./alerts.ts";
import type { Database, Queryable } from "./database/database.ts";
import { emptyGates } from "./gates/gate-row.ts";
import { rememberRestored } from "./restored.ts";

export interface RestorePlan {
  /** Orders that are not finished. */
  readonly orders: number;
  /** Their steps that are neither done nor left out. */
  readonly steps: number;
  /** Those of them that no attempt is remembered of. */
  readonly untried: number;
  /** Messages that were perhaps sent. */
  readonly alerts: number;
  /** Nothing is sent before this has passed, ms. */
  readonly longestSettleMs: number;
}

/** What `restore` would do. */
export function planRestore(db: Database): Promise<RestorePlan> {
  return db.transaction(async (tx) => {
    await refuseWhileUsed(db, tx);
    return count(tx);
  });
}

/** One transaction. `since`: how far back payments are looked for that the backup does not know. */
export function restore(db: Database, since: Date): Promise<RestorePlan> {
  return db.transaction(async (tx) => {
    // Who starts meanwhile waits, and then finds it done.
    await tx.query("lock table orders, step, attempt, due, alert in share row exclusive mode");
    await refuseWhileUsed(db, tx);
    const plan = await count(tx);
    await doubtEverything(tx);
    await wakeEverything(tx);
    await tx.query(
      `update alert set outcome = 'perhaps sent', ended_at = now(),
         error = 'It was waiting when the backup was taken.' where ended_at is null`,
    );
    // Its memory in Redis is that of the lost ledger: a new name leaves it behind.
    await tx.query("delete from installation where name = 'id'");
    const { rows } = await tx.query<{ now: Date }>("select now() as now", []);
    const at = rows[0]?.now ?? new Date();
    await rememberRestored(tx, { at, since });
    await tell(tx, plan, at, since);
    return plan;
  });
}

/** The embedded folder has a lock. A server is asked who else calls itself Ordna. */
async function refuseWhileUsed(db: Database, tx: Queryable): Promise<void> {
  if (db.kind !== "postgres") return;
  const { rows } = await tx.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and application_name like 'ordna%'
       and application_name <> current_setting('application_name')`,
    [],
  );
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => `"${name}"`).join(", ");
  throw new Error(
    `Another Ordna uses this database: ${names}. Stop every process of it, on every machine, and ` +
      "try again. Nothing was changed.",
  );
}

async function count(tx: Queryable): Promise<RestorePlan> {
  const { rows } = await tx.query<Record<keyof RestorePlan, number>>(
    `select count(distinct r.reference)::integer as orders, count(*)::integer as steps,
       count(*) filter (where s.fence = 0)::integer as untried,
       coalesce(max(s.settle_ms), 0) as "longestSettleMs",
       (select count(*)::integer from alert where ended_at is null) as alerts
     from step s join run r on r.id = s.run where s.state not in ('done', 'skipped')`,
    [],
  );
  return rows[0] ?? { orders: 0, steps: 0, untried: 0, alerts: 0, longestSettleMs: 0 };
}

async function doubtEverything(tx: Queryable): Promise<void> {
  await tx.query(
    `update attempt set outcome = 'abandoned', ended_at = clock_timestamp() where outcome is null`,
  );
  // Whoever sent something stopped before now, so each settle window begins now, whatever was waited for.
  await tx.query(
    `update step set
       looks_first = not (in_doubt or state = 'running'),
       in_doubt = in_doubt or state = 'running',
       cause = case when state = 'running' then 'provider.no_answer' else cause end,
       message = case when state = 'running' then 'Ordna was restored from a backup.' else message end,
       state = case when state = 'running' then 'unknown' else state end,
       not_before = now() + settle_ms * interval '1 ms',
       lease_owner = null, lease_until = null, changed_at = now()
     where state not in ('done', 'skipped')`,
  );
}

async function wakeEverything(tx: Queryable): Promise<void> {
  // Nobody is inside any more, and whoever was in line comes again.
  await tx.query("delete from waiting");
  await tx.query(emptyGates);
  await tx.query("update due set due_at = now()");
  await tx.query(
    `insert into due (subject, due_at) select 'order/' || reference, now() from orders
     where state in ('open', 'attention')
     on conflict (subject) do update set due_at = excluded.due_at, wakes = excluded.wakes`,
  );
}

async function tell(tx: Queryable, plan: RestorePlan, at: Date, since: Date): Promise<void> {
  const { rows } = await tx.query<{ store: string }>("select distinct store from event", []);
  for (const { store } of rows) {
    await insertAlert(tx, `restored:${store}:${at.toISOString()}`, store, undefined, {
      severity: "warning",
      title: "This installation was restored",
      lines: [
        `Unfinished orders in the backup: ${plan.orders}. For each step the provider is asked before anything is sent.`,
        `Payments since ${since.toISOString().slice(0, 10)} that the backup does not know are looked for and entered.`,
        "Messages like this one may come a second time. Look at the page: what needs you is there.",
      ],
    });
  }
}
