import type { Queryable } from "./database.ts";

/**
 * What the autovacuum of a server does, with its thresholds. The embedded database has no
 * background processes: without this, every update would leave a dead row behind for ever. One
 * table at a time, so that others get a turn.
 */
export async function vacuumWorn(query: Queryable["query"]): Promise<readonly string[]> {
  const { rows } = await query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
     where n_dead_tup > 50 + 0.2 * n_live_tup
        or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
        or n_mod_since_analyze > 50 + 0.1 * n_live_tup
     order by n_dead_tup desc`,
    [],
  );
  for (const { name } of rows) await query(`vacuum (analyze) ${name}`);
  return rows.map(({ name }) => name);
}
