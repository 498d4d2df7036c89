// What the doctor asks of a database: reads only.
import type { Database } from "./database/database.ts";

/** Settings of a PostgreSQL server without which a power cut loses what was acknowledged, and that are off. */
export async function unsafeSettings(db: Database): Promise<readonly string[]> {
  const names = ["fsync", "full_page_writes", "synchronous_commit"];
  const { rows } = await db.query<{ name: string }>(
    "select name from pg_settings where name = any ($1) and setting = 'off' order by name",
    [names],
  );
  return rows.map(({ name }) => name);
}

/** How far this machine's clock is ahead of the database's. */
export async function aheadOfDatabaseMs(db: Database): Promise<number> {
  const before = Date.now();
  const { rows } = await db.query<{ now: Date }>("select clock_timestamp() as now", []);
  const theirs = rows[0]?.now.getTime();
  return theirs === undefined ? 0 : (before + Date.now()) / 2 - theirs;
}

/** When people were last told something of this store. */
export async function lastTold(db: Database, store: string): Promise<Date | undefined> {
  const { rows } = await db.query<{ at: Date | null }>(
    "select max(ended_at) as at from alert where store = $1 and outcome = 'sent'",
    [store],
  );
  return rows[0]?.at ?? undefined;
}
