// Puts a backup in the place of what is there. The world went on meanwhile: `restore` of the ledger comes next.
import { constants } from "node:fs";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { loadPostgres, refuseFullDatabase } from "../ledger/backup/dump-postgres.ts";
import { putLedgerBack } from "../ledger/backup/embedded-copy.ts";
import type { Settings } from "../settings.ts";
import { type Manifest, sha256Of } from "./manifest.ts";

export interface PutBack {
  /** Where the ledger that was there is kept now. */
  readonly aside: string | undefined;
  readonly files: number;
  /** Files that are there with other bytes: they were left as they are. */
  readonly different: readonly string[];
}

/** Rejects with what to do when the backup cannot be put here. */
export async function refuseMisfit(settings: Settings, manifest: Manifest): Promise<void> {
  const { databaseUrl } = settings;
  const here = databaseUrl ? "postgres" : "embedded";
  if (manifest.database !== here) {
    const [theirs, ours] =
      manifest.database === "postgres"
        ? ["PostgreSQL", "the embedded database"]
        : ["the embedded database", "PostgreSQL"];
    throw new Error(
      `The backup is of ${theirs}, and this installation uses ${ours}: ${databaseUrl ? "remove" : "set"} DATABASE_URL.`,
    );
  }
  if (databaseUrl) await refuseFullDatabase(databaseUrl);
}

export async function putBack(
  settings: Settings,
  backup: string,
  manifest: Manifest,
  now: Date,
): Promise<PutBack> {
  const { databaseUrl, dataFolder, programFolders } = settings;
  let aside: string | undefined;
  if (databaseUrl) await loadPostgres(databaseUrl, join(backup, "ledger.dump"), programFolders);
  else aside = await putLedgerBack(join(dataFolder, "ledger"), join(backup, "ledger"), now);
  let files = 0;
  const different: string[] = [];
  for (const { from, in: name } of manifest.folders) {
    const target = resolve(dataFolder, from);
    for (const path of await filesIn(join(backup, name))) {
      const isNew = await putFile(join(backup, name, path), join(target, path));
      if (isNew === undefined) different.push(join(target, path));
      else if (isNew) files += 1;
    }
  }
  return { aside, files, different };
}

/** Files are written once and never changed. Undefined: something else lies there. */
async function putFile(source: string, target: string): Promise<boolean | undefined> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  try {
    await copyFile(source, target, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return (await sha256Of(source)) === (await sha256Of(target)) ? false : undefined;
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
