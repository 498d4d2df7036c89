// One process at a time: PGlite itself lets a second one open the same folder, and both then
// destroy it.
import { mkdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

export interface Lock {
  release(): Promise<void>;
}

export interface FolderLock extends Lock {
  /** The folder by its real name, whatever links led to it. */
  readonly folder: string;
}

export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

/**
 * Takes `<folder>.lock` for this process. SQLite's exclusive lock is used as the operating system's
 * lock that Node does not offer: it is gone with the process, also after kill -9, and it works on
 * every system.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  const folder = await realFolder(path);
  const file = `${folder}.lock`;
  const held = tryLock(file);
  if (!held) throw new FolderInUse(await inUse(folder, file));
  const note = noteOf(file);
  // Only for the sentence that a second process says; SQLite lets nobody read the locked file
  // itself.
  await writeFile(note, String(process.pid)).catch(() => {});
  return {
    folder,
    async release() {
      await rm(note, { force: true });
      held.close();
    },
  };
}

/** Waits for `file` as a lock: for work that one process should do for all. */
export async function waitForLock(file: string): Promise<Lock> {
  for (;;) {
    const held = tryLock(file);
    if (held) return { release: async () => held.close() };
    await sleep(50);
  }
}

function tryLock(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive");
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) {
      return undefined;
    }
    throw error;
  }
}

/** https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5;

const noteOf = (file: string): string => `${file}.pid`;

/** The same folder by another name must be the same lock. */
async function realFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  await mkdir(dirname(path), { recursive: true });
  return realpath(path).catch(async () => join(await realpath(dirname(path)), basename(path)));
}

async function inUse(folder: string, file: string): Promise<string> {
  const pid = await readFile(noteOf(file), "utf8").catch(() => "");
  const who = /^\d{1,10}$/.test(pid) ? ` (process ${pid})` : "";
  return (
    `Another Ordna process${who} has the data folder ${folder} open. Stop it, or talk to it over ` +
    "HTTP, or set ORDNA_DATA to another folder."
  );
}
