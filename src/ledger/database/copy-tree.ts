import { constants } from "node:fs";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join, relative } from "node:path";

const atOnce = 16;

/** Copies a folder and all files in it; `to` must not hold any of them. Where the disk can, nothing is written twice. */
export async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const pathsOf = (parent: string, name: string) => {
    const source = join(parent, name);
    return { source, target: join(to, relative(from, source)) };
  };
  for (const entry of entries.filter((one) => one.isDirectory())) {
    await mkdir(pathsOf(entry.parentPath, entry.name).target, { recursive: true, mode: 0o700 });
  }
  const files = entries.filter((entry) => entry.isFile());
  for (let at = 0; at < files.length; at += atOnce) {
    const some = files.slice(at, at + atOnce);
    await Promise.all(
      some.map(({ parentPath, name }) => {
        const { source, target } = pathsOf(parentPath, name);
        return copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      }),
    );
  }
}
