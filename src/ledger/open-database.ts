import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Database } from "./database/database.ts";
import { openEmbedded } from "./database/embedded.ts";
import { migrate } from "./database/migrate.ts";
import { openPostgres } from "./database/postgres.ts";

const migrations = fileURLToPath(new URL("migrations/", import.meta.url));

export interface DatabasePlace {
  /** PostgreSQL, if there is one. */
  readonly databaseUrl: string | undefined;
  /** Else: the folder that holds the embedded one. */
  readonly dataFolder: string;
  readonly cacheFolder: string;
}

/** The database that the settings name, with the newest schema. */
export async function openLedgerDatabase(
  place: DatabasePlace,
  onProgress: (what: string) => void = () => {},
): Promise<Database> {
  const { databaseUrl, dataFolder, cacheFolder } = place;
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
