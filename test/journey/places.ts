// Where a journey runs: on the embedded database, or on the real servers that the second lap of the tests starts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  newDatabaseOn,
  testCacheFolder,
  testServer,
} from "../../src/ledger/database/test-database.ts";
import { copyMigrated } from "../../src/ledger/database/test-template.ts";
import { migrationsFolder } from "../../src/ledger/open-database.ts";
import type { Environment } from "../../src/settings.ts";

export interface Place {
  readonly name: string;
  /** An installation without an order, or without even a database: its environment, and how to remove it. */
  settle(port: number, isBare?: boolean): Promise<{ env: Environment; remove(): Promise<void> }>;
}

const redis = process.env.ORDNA_TEST_REDIS;

export const places: readonly Place[] =
  testServer === undefined
    ? [{ name: "embedded", settle: embedded }]
    : [
        { name: "PostgreSQL", settle: onServer({}) },
        ...(redis
          ? [
              {
                name: "PostgreSQL and Redis",
                settle: onServer({ REDIS_URL: redis }),
              },
            ]
          : []),
      ];

async function embedded(port: number, isBare = false) {
  const home = withFolder(port);
  const ledger = join(home.env.ORDNA_DATA, "ledger");
  if (!isBare) await copyMigrated(ledger, testCacheFolder, migrationsFolder());
  return home;
}

function onServer(more: Environment): Place["settle"] {
  return async (port, isBare = false) => {
    const migrations = isBare ? undefined : migrationsFolder();
    const { url, drop } = await newDatabaseOn(testServer ?? "", migrations);
    const { env, remove } = withFolder(port);
    return {
      env: { ...env, DATABASE_URL: url, ...more },
      remove: async () => {
        await remove();
        await drop();
      },
    };
  };
}

function withFolder(port: number) {
  const folder = mkdtempSync(join(tmpdir(), "ordna-journey-"));
  return {
    env: {
      ORDNA_DATA: folder,
      ORDNA_CACHE: testCacheFolder,
      ORDNA_PORT: String(port),
      ORDNA_SANDBOX_PORT: String(port + 100),
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
