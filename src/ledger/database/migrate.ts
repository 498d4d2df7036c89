// Numbered SQL files, applied once each and in order, never edited, never undone.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database, OnProgress, Queryable } from "./database.ts";

interface Migration {
  readonly number: number;
  /** The file's name: 0001-ledger.sql */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

/** Any number that nothing else uses as an advisory lock. */
const lockKey = 7_462_014;
const longestStatementMs = 3600_000;

/**
 * Brings the database to the newest schema of `folder`, one transaction for each file; several
 * processes may do it at once. Refuses, before it changes anything, when an applied file was edited
 * or the database is newer than the program. Returns the names of what it applied.
 */
export async function migrate(
  db: Database,
  folder: string,
  onProgress: OnProgress = () => {},
): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const done: string[] = [];
  let isFirst = true;
  for (;;) {
    const next = await db.transaction((tx) => applyNext(tx, migrations, tell), {
      longestStatementMs,
    });
    if (next === undefined) return done;
    done.push(next);
  }

  function tell(migration: Migration): void {
    if (isFirst) onProgress("Bringing the database to the newest schema");
    isFirst = false;
    onProgress(`Migration ${migration.number} of ${migrations.length}: ${migration.name}`);
  }
}

async function applyNext(
  tx: Queryable,
  migrations: readonly Migration[],
  tell: (migration: Migration) => void,
): Promise<string | undefined> {
  const applied = await lockAndRead(tx);
  refuse(applied, migrations);
  const next = migrations[applied.length];
  if (!next) return undefined;
  tell(next);
  try {
    await tx.query(next.sql);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${next.name} failed and changed nothing: ${why}`, { cause: error });
  }
  await tx.query("insert into schema_migration (number, name, sha256) values ($1, $2, $3)", [
    next.number,
    next.name,
    next.sha256,
  ]);
  return next.name;
}

async function lockAndRead(tx: Queryable): Promise<readonly Applied[]> {
  // Two processes that start together: the second waits, and then finds nothing left to do.
  await tx.query("select pg_advisory_xact_lock($1)", [lockKey]);
  await tx.query(
    `create table if not exists schema_migration (
       number     integer primary key,
       name       text not null,
       sha256     text not null,
       applied_at timestamptz not null default now()
     )`,
    [],
  );
  const { rows } = await tx.query<Applied>(
    "select number, name, sha256 from schema_migration order by number",
    [],
  );
  return rows;
}

function refuse(applied: readonly Applied[], migrations: readonly Migration[]): void {
  if (applied.length > migrations.length) {
    const [theirs, ours] = [applied.at(-1)?.name, migrations.at(-1)?.name ?? "none"];
    throw new Error(
      `The database is newer than this program: it has migration ${theirs}, and the program ends at ` +
        `${ours}. Start the version of Ordna that wrote it, or a newer one.`,
    );
  }
  applied.forEach(({ number, name, sha256 }, at) => {
    const migration = migrations[at];
    if (migration?.number === number && migration.sha256 === sha256) return;
    throw new Error(
      `Migration ${name} was edited after it was applied to this database. Restore the file as it ` +
        "was; a change goes into a new migration.",
    );
  });
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(files.map((name, at) => readMigration(folder, name, at + 1)));
}

async function readMigration(folder: string, name: string, due: number): Promise<Migration> {
  const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
  if (Number.isNaN(number)) throw new Error(`Migration ${name} must be named like 0001-name.sql.`);
  if (number !== due) {
    const wanted = String(due).padStart(4, "0");
    throw new Error(`Migration ${name} is out of line: ${wanted} is next. Numbers have no gaps.`);
  }
  // Git on Windows may have changed the ends of the lines.
  const sql = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
  const own =
    /^\s*(?:begin|commit|rollback|end|start\s+transaction)(?:\s+work|\s+transaction)?\s*;/im;
  // Function bodies end in "end;" and would be found too, so only what stands outside of $$ is
  // looked at.
  if (own.test(sql.replace(/(\$\w*\$).*?\1/gs, "''"))) {
    throw new Error(`Migration ${name} begins or ends a transaction; it already runs in one.`);
  }
  return { number, name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
}
