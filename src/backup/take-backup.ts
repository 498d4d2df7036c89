// One folder that holds a consistent ledger, the files that it speaks of, and a manifest.
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { dumpPostgres } from "../ledger/backup/dump-postgres.ts";
import { copyClosedLedger, type LedgerCopy } from "../ledger/backup/embedded-copy.ts";
import { copyTree } from "../ledger/database/copy-tree.ts";
import { FolderInUse } from "../ledger/database/pglite-lock.ts";
import { syncFolder, syncTree } from "../ledger/database/sync-tree.ts";
import type { Settings } from "../settings.ts";
import { version } from "../version.ts";
import { type Manifest, seal } from "./manifest.ts";

export interface BackupWish {
  readonly settings: Settings;
  /** Absolute folders of files, each once. */
  readonly folders: readonly string[];
  readonly elsewhere: readonly string[];
  /** Where backups are kept; this one becomes a folder in it. */
  readonly to: string;
  readonly now: Date;
  /** Has the Ordna that runs copy its embedded ledger: resolves to the folder, which is ours then. */
  askRunning(): Promise<LedgerCopy & { readonly folder: string }>;
  readonly tell: (what: string) => void;
}

export interface TakenBackup {
  readonly folder: string;
  readonly manifest: Manifest;
  /** For how long an embedded ledger did nothing else. */
  readonly pausedMs: number;
}

const nameOf = (now: Date) => `ordna-${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
const isBackup = (name: string) => /^ordna-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/.test(name);

export async function takeBackup(wish: BackupWish): Promise<TakenBackup> {
  const { settings, to, now, tell } = wish;
  const folder = join(to, nameOf(now));
  const half = join(to, `.${nameOf(now)}.unfinished`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  await mkdir(half, { mode: 0o700 });
  try {
    tell("Copying the ledger");
    const { facts, pausedMs } = await copyLedger(wish, half);
    // After the ledger: what it speaks of was in the files before, and is never changed there.
    tell("Copying the files");
    const folders: Manifest["folders"] = [];
    for (const [index, from] of wish.folders.entries()) {
      folders.push(await copyFolder(settings.dataFolder, from, half, index));
    }
    tell("Writing checksums");
    const database = settings.databaseUrl ? "postgres" : "embedded";
    const elsewhere = [...wish.elsewhere];
    const manifest = await seal(half, {
      ordna: version,
      database,
      ledger: facts,
      folders,
      elsewhere,
    });
    await syncTree(half);
    await rename(half, folder);
    await syncFolder(to);
    return { folder, manifest, pausedMs };
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}

async function copyLedger(wish: BackupWish, half: string): Promise<LedgerCopy> {
  const { databaseUrl, dataFolder, cacheFolder, programFolders } = wish.settings;
  if (databaseUrl) {
    const facts = await dumpPostgres(databaseUrl, join(half, "ledger.dump"), programFolders);
    return { facts, pausedMs: 0 };
  }
  const copy = join(half, "ledger");
  try {
    return await copyClosedLedger(join(dataFolder, "ledger"), cacheFolder, copy);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const { folder, ...taken } = await wish.askRunning();
    await moveTree(folder, copy);
    return taken;
  }
}

/** A backup usually lies on another disk. */
async function moveTree(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const isOtherDisk = error instanceof Error && "code" in error && error.code === "EXDEV";
    if (!isOtherDisk) throw error;
    await copyTree(from, to);
    await rm(from, { recursive: true });
  }
}

async function copyFolder(dataFolder: string, from: string, half: string, index: number) {
  const name = index === 0 ? "files" : `files-${index + 1}`;
  const target = join(half, name);
  if (await exists(from)) await copyTree(from, target);
  else await mkdir(target, { mode: 0o700 });
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  let bytes = 0;
  for (const file of files) bytes += (await stat(join(file.parentPath, file.name))).size;
  const inside = relative(dataFolder, from);
  const isInside = !inside.startsWith("..") && !isAbsolute(inside);
  return { from: isInside ? inside : from, in: name, files: files.length, bytes };
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Removes the oldest backups in `to` beyond `keep`; gives their names. */
export async function removeOldBackups(to: string, keep: number): Promise<readonly string[]> {
  const backups = (await readdir(to)).filter(isBackup).sort();
  const old = backups.slice(0, Math.max(0, backups.length - keep));
  for (const name of old) await rm(join(to, name), { recursive: true });
  return old;
}
