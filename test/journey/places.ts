// Where a journey runs: on the embedded database, or on the real servers that the second lap of the tests starts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  newDatabaseOn,
  testCacheFolder,
  testServer,
} from "../../src/ledger/database/test-database.ts";
import type { Environment } from "../../src/settings.ts";

export interface Place {
  readonly name: string;
  /** A fresh installation: its environment, and how to remove it. */
  settle(port: number): Promise<{ env: Environment; remove(): Promise<void> }>;
}

const redis = process.env.ORDNA_TEST_REDIS;

export const places: readonly Place[] =
  testServer === undefined
    ? [{ name: "embedded", settle: async (port) => withFolder(port) }]
    : [
        { name: "PostgreSQL", settle: (port) => onServer(testServer ?? "", port) },
        ...(redis
          ? [
              {
                name: "PostgreSQL and Redis",
                settle: (port: number) => onServer(testServer ?? "", port, { REDIS_URL: redis }),
              },
            ]
          : []),
      ];

async function onServer(server: string, port: number, more: Environment = {}) {
  const { url, drop } = await newDatabaseOn(server);
  const { env, remove } = withFolder(port);
  return {
    env: { ...env, DATABASE_URL: url, ...more },
    remove: async () => {
      await remove();
      await drop();
    },
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
