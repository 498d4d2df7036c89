// A copy of the embedded ledger, and putting it back.
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { copyTree } from "../database/copy-tree.ts";
import type { Database } from "../database/database.ts";
import { openEmbedded } from "../database/embedded.ts";
import { lockFolder } from "../database/pglite-lock.ts";
import { syncFolder, syncTree } from "../database/sync-tree.ts";
import { majorOf } from "../database/template.ts";
import { type LedgerFacts, ledgerFacts } from "./ledger-facts.ts";

export interface LedgerCopy {
  readonly facts: LedgerFacts;
  /** For how long the database did nothing else. */
  readonly pausedMs: number;
}

/** Copies an open embedded database to `to`, which must not exist. */
export async function copyOpenLedger(db: Database, to: string): Promise<LedgerCopy> {
  if (!db.copyTo) throw new Error("Only the embedded database is copied by its files.");
  const begunAt = performance.now();
  const facts = await db.copyTo(to, ledgerFacts);
  return { facts, pausedMs: Math.round(performance.now() - begunAt) };
}

/** Copies the embedded database in `folder`, which nobody has open. Throws FolderInUse when somebody has. */
export async function copyClosedLedger(
  folder: string,
  cacheFolder: string,
  to: string,
): Promise<LedgerCopy> {
  if ((await majorOf(folder)) === undefined) {
    throw new Error(`There is no ledger in ${folder}: nothing was backed up. Is ORDNA_DATA right?`);
  }
  const db = await openEmbedded({ folder, cacheFolder });
  try {
    return await copyOpenLedger(db, to);
  } finally {
    await db.close();
  }
}

/** Puts a copy in the place of the ledger in `folder`. What was there is kept under the name that it resolves to. */
export async function putLedgerBack(
  folder: string,
  copy: string,
  now: Date,
): Promise<string | undefined> {
  const lock = await lockFolder(folder);
  try {
    const half = `${lock.folder}.new`;
    await rm(half, { recursive: true, force: true });
    await copyTree(copy, half);
    await syncTree(half);
    const stamp = now.toISOString().slice(0, 19).replaceAll(":", "-");
    const aside = `${lock.folder}.before-${stamp}`;
    const wasThere = await rename(lock.folder, aside).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
        return false;
      },
    );
    await rename(half, lock.folder);
    await syncFolder(dirname(lock.folder));
    return wasThere ? aside : undefined;
  } finally {
    await lock.release();
  }
}
