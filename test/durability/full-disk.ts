// Disks that are full when we say so: a small one that is really full, and one that only says that it is.
import { execFileSync } from "node:child_process";
import fs, { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FillableDisk {
  /** A folder on it. */
  readonly folder: string;
  fill(): void;
  free(): void;
  remove(): void;
}

const blockBytes = 64 * 1024;

/** A disk in memory. Undefined where this user may not mount one. */
export function smallDisk(sizeMb: number): FillableDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "ordna-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m`, "ordna-test", folder], {
      stdio: "ignore",
    });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill() {
      const block = Buffer.alloc(blockBytes, 1);
      try {
        for (let n = 0; n < (sizeMb * 1024 * 1024) / blockBytes; n++)
          fs.appendFileSync(ballast, block);
      } catch (error) {
        if (!isFull(error)) throw error;
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync("umount", ["--lazy", folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

const isFull = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOSPC";

/** The embedded database's own writes fail while it is full; what was there stays. */
export function pretendedDisk(): FillableDisk {
  const folder = mkdtempSync(join(tmpdir(), "ordna-full-disk-"));
  const { openSync, closeSync, writeSync } = fs;
  const files = new Set<number>();
  let isFullNow = false;
  const pretending = {
    openSync(...args: Parameters<typeof openSync>) {
      const descriptor = openSync(...args);
      if (String(args[0]).startsWith(folder)) files.add(descriptor);
      return descriptor;
    },
    closeSync(descriptor: number) {
      files.delete(descriptor);
      closeSync(descriptor);
    },
    writeSync(descriptor: number, ...rest: [Uint8Array]) {
      if (isFullNow && files.has(descriptor)) {
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
          code: "ENOSPC",
        });
      }
      return writeSync(descriptor, ...rest);
    },
  };
  // Not synced to named imports: only the embedded database writes through this object.
  Object.assign(fs, pretending);
  return {
    folder,
    fill: () => {
      isFullNow = true;
    },
    free: () => {
      isFullNow = false;
    },
    remove() {
      Object.assign(fs, { openSync, closeSync, writeSync });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
