// The running Ordna's part in a backup of its embedded ledger: a copy, for the command that asked to move away.
import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { copyOpenLedger, type LedgerCopy } from "../ledger/backup/embedded-copy.ts";
import type { Database } from "../ledger/database/database.ts";

const prefix = "ledger.copy-";
/** Whoever asked for it was killed. */
const forgottenAfterMs = 24 * 3600_000;

export async function handOverLedger(
  db: Database,
  dataFolder: string,
): Promise<LedgerCopy & { readonly folder: string }> {
  await removeForgotten(dataFolder);
  const folder = join(dataFolder, `${prefix}${randomUUID()}`);
  try {
    return { folder, ...(await copyOpenLedger(db, folder)) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function removeForgotten(dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    if (!name.startsWith(prefix)) continue;
    const { mtimeMs } = await stat(join(dataFolder, name));
    if (Date.now() - mtimeMs > forgottenAfterMs)
      await rm(join(dataFolder, name), { recursive: true });
  }
}
