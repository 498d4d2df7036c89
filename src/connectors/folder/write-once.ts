import { randomUUID } from "node:crypto";
import * as fs from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { codeOf } from "./disk-error.ts";
import { assertInside } from "./inside-folder.ts";

/** What is asked of the disk; a test hands in a fuller or a slower one. */
export type Disk = Pick<typeof fs, "mkdir" | "open" | "link" | "rename" | "access" | "rm">;

const staleMs = 24 * 3600_000;

/**
 * Writes `bytes` as `path`, whole or not at all, and never over another file. After "created" the file survives a
 * power cut: it is on disk under a name nobody reads before it gets its own.
 */
export async function writeOnce(
  root: string,
  path: string,
  bytes: Uint8Array,
  disk: Disk = fs,
): Promise<"created" | "exists"> {
  const incoming = join(root, ".incoming");
  const directory = dirname(path);
  await makeDirectory(root, incoming, disk);
  await makeDirectory(root, directory, disk);
  await assertInside(root, directory);
  await sweep(incoming);
  const draft = join(incoming, randomUUID());
  try {
    await writeDurably(draft, bytes, disk);
    const result = await give(draft, path, disk);
    await syncDirectory(directory, disk);
    return result;
  } finally {
    await disk.rm(draft, { force: true });
  }
}

/** Gives the draft its name unless the name is taken. */
async function give(draft: string, path: string, disk: Disk): Promise<"created" | "exists"> {
  try {
    await disk.link(draft, path);
    return "created";
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "EEXIST") return "exists";
    if (!lacksLinks.includes(code ?? "")) throw thrown;
  }
  // exFAT and some network shares have no links. One worker at a time writes a key, so looking first is enough.
  const isTaken = await disk.access(path).then(
    () => true,
    (thrown) => codeOf(thrown) !== "ENOENT",
  );
  if (isTaken) return "exists";
  await disk.rename(draft, path);
  return "created";
}

const lacksLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

async function writeDurably(path: string, bytes: Uint8Array, disk: Disk): Promise<void> {
  // Labels carry addresses: the owner writes, the group reads, others see nothing.
  const file = await disk.open(path, "wx", 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the folders down to `directory`, each on disk before the next. */
async function makeDirectory(root: string, directory: string, disk: Disk): Promise<void> {
  await disk.mkdir(root, { recursive: true, mode: 0o750 });
  let path = root;
  for (const name of relative(root, directory).split(sep).filter(Boolean)) {
    const parent = path;
    path = join(path, name);
    try {
      await disk.mkdir(path, { mode: 0o750 });
      await syncDirectory(parent, disk);
    } catch (thrown) {
      if (codeOf(thrown) !== "EEXIST") throw thrown;
    }
  }
}

async function syncDirectory(directory: string, disk: Disk): Promise<void> {
  // Windows opens no directories, and syncs their entries by itself.
  if (process.platform === "win32") return;
  const handle = await disk.open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes drafts that a crash left behind; a live one is never a day old. */
async function sweep(incoming: string): Promise<void> {
  for (const name of await fs.readdir(incoming)) {
    const path = join(incoming, name);
    const age = await fs.stat(path).then(
      (stat) => Date.now() - stat.mtimeMs,
      () => 0,
    );
    if (age > staleMs) await fs.rm(path, { force: true });
  }
}
