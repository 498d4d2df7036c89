// A database for one test: its own, and gone afterwards.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Database } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";
import { copyMigrated, migratedOn } from "./test-template.ts";

export interface TestDatabase {
  readonly db: Database;
  close(): Promise<void>;
}

/** Shared by all tests of this checkout: only the first one ever waits for initdb. */
export const testCacheFolder = fileURLToPath(new URL("../../../.cache/database", import.meta.url));

/**
 * ORDNA_TEST_DATABASE chooses: "embedded" (default), or the postgres:// URL of a server for
 * databases.
 */
export const testServer = serverUrl(process.env.ORDNA_TEST_DATABASE);

/** Empty, or with all that is in the folder of `migrations`. */
export async function openTestDatabase(migrations?: string): Promise<TestDatabase> {
  return testServer === undefined
    ? openEmbeddedTest(migrations)
    : openPostgresTest(testServer, migrations);
}

function serverUrl(value = "embedded"): string | undefined {
  if (value === "" || value === "embedded") return undefined;
  if (/^postgres(ql)?:/.test(value)) return value;
  throw new Error('ORDNA_TEST_DATABASE must be "embedded" or a postgres:// URL.');
}

const roots = new Set<string>();

function remove(root: string): void {
  roots.delete(root);
  rmSync(root, { recursive: true, force: true });
}

// A test that failed may not have closed its database.
process.once("exit", () => roots.forEach(remove));

async function openEmbeddedTest(migrations?: string): Promise<TestDatabase> {
  const root = mkdtempSync(join(tmpdir(), "ordna-test-"));
  roots.add(root);
  const folder = join(root, "ledger");
  if (migrations) await copyMigrated(folder, testCacheFolder, migrations);
  const db = await openEmbedded({ folder, cacheFolder: testCacheFolder, isDurable: false });
  return {
    db,
    close: async () => {
      await db.close();
      remove(root);
    },
  };
}

async function openPostgresTest(server: string, migrations?: string): Promise<TestDatabase> {
  const { url, drop } = await newDatabaseOn(server, migrations);
  const db = await openPostgres(url, { max: 4 });
  return {
    db,
    close: async () => {
      await db.close();
      await drop();
    },
  };
}

/** A database of its own on the server, for whole processes that are told its address. */
export async function newDatabaseOn(
  server: string,
  migrations?: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `ordna_test_${randomBytes(6).toString("hex")}`;
  const template = migrations ? ` template ${await migratedOn(server, migrations)}` : "";
  await onServer(server, `create database ${name}${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) };
}

async function onServer(server: string, sql: string): Promise<void> {
  const admin = await openPostgres(server, { max: 1 });
  try {
    await admin.query(sql);
  } finally {
    await admin.close();
  }
}
