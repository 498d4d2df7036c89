// What processes used, from Linux' own books: time says more than the clock where neighbours are noisy.
import { readdirSync, readFileSync } from "node:fs";

/** USER_HZ: what /proc counts in, on every Linux. */
const ticksPerSecond = 100;

/** Time that a process, and those of its children that ended, spent on a processor, ms. */
function ownCpuMs(pid: number): number {
  // utime, stime, cutime and cstime of proc(5).
  const ticks = statOf(pid)
    .slice(11, 15)
    .reduce((sum, n) => sum + Number(n), 0);
  return (ticks / ticksPerSecond) * 1000;
}

/** With all that it started and that lives, such as PostgreSQL's sessions. */
export function treeCpuMs(pid: number): number {
  return treeOf(pid).reduce((sum, one) => sum + ownCpuMs(one), 0);
}

/** Resident memory of a process and all that it started, MB. Shared pages count for each of them. */
export function treeRssMb(pid: number): number {
  const bytes = treeOf(pid).reduce((sum, one) => sum + rssKb(one) * 1024, 0);
  return bytes / 1e6;
}

function treeOf(root: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = all.map((name) => ({
    pid: Number(name),
    parent: Number(statOf(Number(name))[1]),
  }));
  const tree = [root];
  for (const pid of tree) {
    tree.push(...parents.filter(({ parent }) => parent === pid).map((child) => child.pid));
  }
  return tree;
}

/** The fields of /proc/<pid>/stat from the state on: [state, ppid, ...]; empty when it is gone. */
function statOf(pid: number): readonly string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function rssKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
