import { type FileHandle, open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Puts a folder and all that is in it on the disk. */
export async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const inside = entries.filter((entry) => entry.isFile() || entry.isDirectory());
  await Promise.all(
    inside.map((entry) => sync(join(entry.parentPath, entry.name), entry.isFile() ? "r+" : "r")),
  );
  await syncFolder(folder);
}

/** Puts the names in a folder on the disk. */
export const syncFolder = (folder: string): Promise<void> => sync(folder, "r");

async function sync(path: string, flags: "r" | "r+"): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, flags);
    await handle.sync();
  } catch (error) {
    // Windows opens no folders, and needs none to be synced.
    if (flags === "r+" || process.platform !== "win32") throw error;
  } finally {
    await handle?.close();
  }
}
