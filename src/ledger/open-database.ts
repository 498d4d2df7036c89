import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Settings } from "../settings.ts";
import type { Database } from "./database/database.ts";
import { openEmbedded } from "./database/embedded.ts";
import { migrate } from "./database/migrate.ts";
import { openPostgres } from "./database/postgres.ts";

const migrations = fileURLToPath(new URL("migrations/", import.meta.url));

/** The database that the settings name, with the newest schema. */
export async function openLedgerDatabase(
  settings: Pick<Settings, "databaseUrl" | "dataFolder" | "cacheFolder">,
  onProgress: (what: string) => void = () => {},
): Promise<Database> {
  const { databaseUrl, dataFolder, cacheFolder } = settings;
  const db = databaseUrl
    ? await openPostgres(databaseUrl)
    : await openEmbedded({ folder: join(dataFolder, "ledger"), cacheFolder, onProgress });
  try {
    await migrate(db, migrations, onProgress);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

export function migrationsFolder(): string {
  return migrations;
}
