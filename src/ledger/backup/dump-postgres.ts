// A copy of a ledger on PostgreSQL, by pg_dump, while Ordna works.
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import { openPostgres } from "../database/postgres.ts";
import { type LedgerFacts, ledgerFacts } from "./ledger-facts.ts";
import { findPostgresProgram, runPostgresProgram } from "./postgres-program.ts";

/** An idle transaction is rolled back after 30 seconds, and a dump may take an hour. */
const heartbeatMs = 5_000;

/** Writes the database to `file`, as of the moment that the facts are of. */
export async function dumpPostgres(
  url: string,
  file: string,
  folders: readonly string[],
): Promise<LedgerFacts> {
  const db = await openPostgres(url, { max: 2 });
  try {
    const program = await findPostgresProgram("pg_dump", await versionOf(db), folders);
    return await db.transaction(async (tx) => {
      await tx.query("set transaction isolation level repeatable read, read only");
      const facts = await ledgerFacts(tx);
      const { rows } = await tx.query<{ id: string }>("select pg_export_snapshot() as id", []);
      const args = ["--format=custom", "--no-owner", "--no-privileges", `--file=${file}`];
      const dump = runPostgresProgram(program, url, [...args, `--snapshot=${rows[0]?.id}`]);
      const ended = dump.then(
        () => true,
        () => true,
      );
      while (!(await Promise.race([ended, sleep(heartbeatMs, false)]))) {
        await tx.query("select 1", []);
      }
      await dump;
      return facts;
    });
  } finally {
    await db.close();
  }
}

/** Puts a dump into a database that holds nothing yet. */
export async function loadPostgres(
  url: string,
  file: string,
  folders: readonly string[],
): Promise<void> {
  const db = await openPostgres(url, { max: 1 });
  try {
    await refuseFull(db);
    const program = await findPostgresProgram("pg_restore", await versionOf(db), folders);
    const args = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", file];
    await runPostgresProgram(program, url, args);
  } finally {
    await db.close();
  }
}

/** Whether the database of `url` may take a backup; rejects with what to do when not. */
export async function refuseFullDatabase(url: string): Promise<void> {
  const db = await openPostgres(url, { max: 1 });
  try {
    await refuseFull(db);
  } finally {
    await db.close();
  }
}

async function refuseFull(db: Database): Promise<void> {
  const { rows } = await db.query<{ tables: number; name: string }>(
    `select count(*)::integer as tables, current_database() as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
    [],
  );
  if ((rows[0]?.tables ?? 0) === 0) return;
  throw new Error(
    `The database "${rows[0]?.name}" is not empty, and a backup overwrites nothing. Make a new one ` +
      `("createdb ordna_restored"), let DATABASE_URL name it, and try again; the old one stays as it is.`,
  );
}

async function versionOf(db: Database): Promise<string> {
  const { rows } = await db.query<{ server_version: string }>("show server_version");
  return rows[0]?.server_version ?? "";
}
