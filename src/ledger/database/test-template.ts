// For tests: a database with every migration, made once and copied from then on.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import type { Database } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { waitForLock } from "./pglite-lock.ts";
import { openPostgres } from "./postgres.ts";

/** Puts a migrated database at `folder`, which must not exist. */
export async function copyMigrated(
  folder: string,
  cacheFolder: string,
  migrations: string,
): Promise<void> {
  const template = join(cacheFolder, `migrated-${digestOf(migrations)}`);
  if (!existsSync(template)) await makeFolder(template, cacheFolder, migrations);
  cpSync(template, folder, { recursive: true });
}

async function makeFolder(template: string, cacheFolder: string, migrations: string) {
  mkdirSync(cacheFolder, { recursive: true, mode: 0o700 });
  const lock = await waitForLock(`${template}.lock`);
  try {
    if (existsSync(template)) return;
    const half = `${template}.new`;
    rmSync(half, { recursive: true, force: true });
    const db = await openEmbedded({ folder: half, cacheFolder, isDurable: false });
    await migrate(db, migrations).finally(() => db.close());
    // A folder gets its name only when everything is in it.
    renameSync(half, template);
  } finally {
    await lock.release();
  }
}

/** Any number that nothing else uses as an advisory lock. */
const lockKey = 7_462_015;

/** The name of a migrated database on the server, to be given to `create database ... template`. */
export async function migratedOn(server: string, migrations: string): Promise<string> {
  const name = `ordna_template_${digestOf(migrations)}`;
  // One connection, so that the lock and the work are of one session.
  const admin = await openPostgres(server, { max: 1 });
  try {
    await admin.query("select pg_advisory_lock($1)", [lockKey]);
    if (await isTemplate(admin, name)) return name;
    // Whoever was killed on the way left one that is no template yet.
    await admin.query(`drop database if exists ${name}`);
    await admin.query(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    const db = await openPostgres(url.href, { max: 1 });
    await migrate(db, migrations).finally(() => db.close());
    await admin.query(`alter database ${name} with is_template true`);
    return name;
  } finally {
    await admin.close();
  }
}

async function isTemplate(admin: Database, name: string): Promise<boolean> {
  const sql = "select 1 from pg_database where datname = $1 and datistemplate";
  return (await admin.query(sql, [name])).rowCount > 0;
}

function digestOf(migrations: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(migrations).sort()) {
    hash.update(name).update(readFileSync(join(migrations, name)));
  }
  return hash.digest("hex").slice(0, 16);
}
