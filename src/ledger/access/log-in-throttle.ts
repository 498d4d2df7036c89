// Failed log-ins make the next one wait, for every name alike: those that exist and those that do not.
import type { Queryable } from "../database/database.ts";

const freeFailures = 5;
const longestWaitS = 900;

/** Seconds until this name may be tried again; 0: now. */
export async function secondsToWait(db: Queryable, subject: string): Promise<number> {
  const { rows } = await db.query<{ s: number }>(
    `select greatest(0, ceil(extract(epoch from wait_until - now())))::float as s
     from log_in_failure where subject = $1`,
    [subject],
  );
  return rows[0]?.s ?? 0;
}

export async function countFailure(db: Queryable, subject: string): Promise<void> {
  await db.query("delete from log_in_failure where last_at < now() - interval '1 day'", []);
  await db.query(
    `insert into log_in_failure as f (subject, failures) values ($1, 1)
     on conflict (subject) do update set failures = f.failures + 1, last_at = now(),
       wait_until = now() + case when f.failures + 1 < $2 then interval '0'
         else least($3, power(2, least(f.failures + 1 - $2, 20))) * interval '1 second' end`,
    [subject, freeFailures, longestWaitS],
  );
}

export async function forgetFailures(db: Queryable, subject: string): Promise<void> {
  await db.query("delete from log_in_failure where subject = $1", [subject]);
}
