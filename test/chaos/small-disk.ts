// A disk that can be full and is never really: a file system in memory whose size is changed. Only root may mount one.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, statfsSync } from "node:fs";
import { findProgram } from "../../scripts/find-program.mjs";

export interface SmallDisk {
  fill(): void;
  free(): void;
  close(): Promise<void>;
}

const roomy = "1g";

/** Undefined where this may not be done. */
export function openSmallDisk(folder: string): SmallDisk | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !findProgram("mount"))
    return undefined;
  mkdirSync(folder, { recursive: true });
  try {
    mount("-t", "tmpfs", "-o", `size=${roomy},mode=700`, "tmpfs", folder);
  } catch {
    return undefined;
  }
  // Ends with us, however we end, and takes the file system along.
  const unmount = 'cat > /dev/null; umount -l "$1"';
  const leash = spawn("sh", ["-c", unmount, "sh", folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  return {
    fill() {
      // What is written meanwhile has to fit, or the size is refused.
      for (let spareKiB = 0; ; spareKiB = spareKiB * 2 + 64) {
        try {
          return mount("-o", `remount,size=${usedKiB(folder) + spareKiB}k`, folder);
        } catch (error) {
          if (spareKiB > 10_000) throw error;
        }
      }
    },
    free: () => mount("-o", `remount,size=${roomy}`, folder),
    async close() {
      leash.stdin.end();
      await once(leash, "exit");
    },
  };
}

function usedKiB(folder: string): number {
  const { blocks, bfree, bsize } = statfsSync(folder);
  return Math.ceil(((blocks - bfree) * bsize) / 1024);
}

function mount(...args: string[]): void {
  execFileSync(findProgram("mount") ?? "", args, { stdio: "ignore" });
}
