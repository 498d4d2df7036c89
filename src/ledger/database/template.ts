// A freshly initialised database, made once and copied from then on: initdb takes seconds, a copy
// does not.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { OnProgress } from "./database.ts";
import { waitForLock } from "./pglite-lock.ts";
import { syncFolder, syncTree } from "./sync-tree.ts";

/** Raise it when make-template.ts changes what it makes. */
const recipe = 1;

/** PGlite 0.5 is PostgreSQL 18, and reads the files of no other. */
export const serverMajor = "18";

export interface TemplateOptions {
  /**
   * Where the template is kept; may be shared by any number of processes, and deleted at any time.
   */
  readonly cacheFolder: string;
  readonly onProgress?: OnProgress;
}

export interface CopyOptions extends TemplateOptions {
  readonly isDurable: boolean;
}

/**
 * Puts a fresh database at `folder`, which must not exist or be empty. Whoever is killed on the way
 * leaves nothing that could be mistaken for a database. The caller holds the folder's lock.
 */
export async function copyTemplate(folder: string, options: CopyOptions): Promise<void> {
  const template = await ensureTemplate(options);
  const half = `${folder}.new`;
  await rm(half, { recursive: true, force: true });
  // Sixteen times faster than the asynchronous fs.cp, and nothing is served yet.
  cpSync(template, half, { recursive: true });
  // PGlite makes its files writable for everybody, and they hold customers' addresses.
  await chmod(half, 0o700);
  if (options.isDurable) await syncTree(half);
  await settle(half, folder);
}

/**
 * The template's folder, made first where it is missing (about two seconds, in a process of its
 * own).
 */
export async function ensureTemplate({
  cacheFolder,
  onProgress,
}: TemplateOptions): Promise<string> {
  const name = `pglite-${await pgliteVersion()}-${recipe}`;
  const template = join(cacheFolder, name);
  if (await isDatabase(template)) return template;
  await mkdir(cacheFolder, { recursive: true, mode: 0o700 });
  const lock = await waitForLock(`${template}.lock`);
  try {
    if (await isDatabase(template)) return template;
    onProgress?.("Preparing the embedded database for the first time (a few seconds)");
    // Another name each time: whoever was killed here leaves a process behind that still writes.
    const half = `${template}.${randomUUID().slice(0, 8)}.new`;
    // A process of its own: initdb leaves hundreds of megabytes behind in the one that ran it.
    await run(process.execPath, [
      // Compiled, its neighbours end in .js, as it does itself.
      fileURLToPath(new URL(`make-template${extname(import.meta.url)}`, import.meta.url)),
      half,
    ]);
    await syncTree(half);
    await settle(half, template);
    return template;
  } finally {
    await lock.release();
  }
}

const run = promisify(execFile);

async function settle(half: string, folder: string): Promise<void> {
  await rmdir(folder).catch(unlessMissing); // Not rm: what is not empty must never be removed here.
  await rename(half, folder);
  await syncFolder(dirname(folder));
}

/** PG_VERSION is the last word: a folder gets its name only when everything is in it. */
async function isDatabase(folder: string): Promise<boolean> {
  return (await majorOf(folder)) !== undefined;
}

/** The PostgreSQL version whose files these are. */
export async function majorOf(folder: string): Promise<string | undefined> {
  return readFile(join(folder, "PG_VERSION"), "utf8").then(
    (text) => text.trim(),
    () => undefined,
  );
}

/** True for a folder that holds nothing, or that does not exist. */
export async function isEmpty(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(unlessMissing);
  return (entries ?? []).length === 0;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

async function pgliteVersion(): Promise<string> {
  const manifest = new URL("../package.json", import.meta.resolve("@electric-sql/pglite"));
  const found = /"version":\s*"([\w.-]+)"/.exec(await readFile(manifest, "utf8"));
  if (!found?.[1]) throw new Error("The installed @electric-sql/pglite does not say its version.");
  return found[1];
}
