// Reads the orders of a ledger that nobody may touch: on a server in a read-only transaction, else from a copy.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { copyClosedLedger } from "../ledger/backup/embedded-copy.ts";
import { ledgerFactsSchema } from "../ledger/backup/ledger-facts.ts";
import { openEmbedded } from "../ledger/database/embedded.ts";
import { migrate } from "../ledger/database/migrate.ts";
import { FolderInUse } from "../ledger/database/pglite-lock.ts";
import { openPostgres } from "../ledger/database/postgres.ts";
import { migrationsFolder } from "../ledger/open-database.ts";
import { type PastOrders, pastOrders } from "../ledger/past-orders.ts";
import type { Settings } from "../settings.ts";
import { askServer } from "./server.ts";

export const handedOver = z.object({
  folder: z.string(),
  facts: ledgerFactsSchema,
  pausedMs: z.number(),
});
const patienceMs = 3600_000;

/** The running Ordna copies its embedded ledger; the copy is the caller's. */
export const askForCopy = () => askServer("/backup", handedOver, { method: "POST", patienceMs });

/** `room`: a folder for a copy, which the caller removes. */
export async function readPast(
  settings: Settings,
  room: string,
  since: Date,
  limit: number,
): Promise<PastOrders> {
  if (settings.databaseUrl) {
    const db = await openPostgres(settings.databaseUrl, { max: 1 });
    try {
      return await db.transaction(async (tx) => {
        await tx.query("set transaction isolation level repeatable read, read only");
        return pastOrders(tx, since, limit);
      });
    } finally {
      await db.close();
    }
  }
  const folder = await copyLedger(settings, room);
  try {
    const db = await openEmbedded({ folder, cacheFolder: settings.cacheFolder, isDurable: false });
    try {
      await migrate(db, migrationsFolder());
      return await pastOrders(db, since, limit);
    } finally {
      await db.close();
    }
  } finally {
    for (const path of [folder, `${folder}.lock`]) await rm(path, { recursive: true, force: true });
  }
}

async function copyLedger(settings: Settings, room: string): Promise<string> {
  const copy = join(room, "past");
  try {
    await copyClosedLedger(join(settings.dataFolder, "ledger"), settings.cacheFolder, copy);
    return copy;
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    return (await askForCopy()).folder;
  }
}
