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

/** With its children that live, such as PostgreSQL's sessions. */
export function treeCpuMs(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + ownCpuMs(one), 0);
}

/** Resident memory of a process and its children, MB. Shared pages count for each of them. */
export function treeRssMb(pid: number): number {
  const bytes = [pid, ...childrenOf(pid)].reduce((sum, one) => sum + rssKb(one) * 1024, 0);
  return bytes / 1e6;
}

function childrenOf(pid: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((other) => Number(statOf(other)[1]) === pid);
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
