// Keys become paths here, and none of them leads out of the folder.
import { constants } from "node:fs";
import { access, mkdir, open, realpath, rmdir, unlink } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { ActionError } from "../../connector-kit/action-error.ts";
import { codeOf } from "./disk-error.ts";

// No segment starts with a dot, so there is no "..", and our own ".incoming" is out of reach.
const safeKey = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}(\/[A-Za-z0-9_][A-Za-z0-9._-]{0,199})*$/;

export function filePath(root: string, key: string): string {
  if (key.length > 400 || !safeKey.test(key)) {
    const message = `"${key.slice(0, 80)}" cannot name a file: use A-Z a-z 0-9 . _ - and / only.`;
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  return join(root, ...key.split("/"));
}

/** Refuses a folder that a symbolic link leads out of `root`. */
export async function assertInside(root: string, directory: string): Promise<void> {
  const [home, real] = [await realpath(root), await realpath(directory)];
  if (real === home || real.startsWith(home.endsWith(sep) ? home : home + sep)) return;
  throw new ActionError("permanent", "A link leads out of the files folder: remove it.", {
    cause: "request.refused",
  });
}

export async function readInside(root: string, path: string): Promise<Uint8Array> {
  await assertInside(root, dirname(path));
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

/** What is gone already is removed, too; the folders that held it stay until they are empty. */
export async function removeInside(root: string, path: string): Promise<void> {
  const directory = dirname(path);
  try {
    await assertInside(root, directory);
    await unlink(path);
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return;
    throw thrown;
  }
  // A folder named after an order would still tell that there was one.
  for (let empty = directory; empty !== root; empty = dirname(empty)) {
    const isGone = await rmdir(empty).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

export async function assertWritable(root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o750 });
  await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
}
