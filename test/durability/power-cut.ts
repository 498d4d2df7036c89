// Replays a trace up to a moment, and loses at random what nobody had put on the disk by then.
import fs from "node:fs";
import { join } from "node:path";
import type { FileOperation } from "./file-trace.ts";

/** What a disk writes at once. */
const sectorBytes = 4096;

/**
 * `folder` holds the files as they were, synced, when the trace began. Writes that no sync followed are kept with even
 * odds, sector by sector; names and sizes are taken as ordered, as on a file system with a journal.
 */
export function cutPower(
  folder: string,
  operations: readonly FileOperation[],
  random: () => number,
): void {
  const unsynced = writesWithoutSync(operations);
  operations.forEach((operation, at) => {
    if (operation.kind === "acknowledged" || operation.kind === "sync") return;
    if (operation.kind === "write") write(folder, operation, unsynced.has(at) ? random : () => 1);
    else change(folder, operation);
  });
}

type Write = Extract<FileOperation, { kind: "write" }>;

/** The sectors for which `random` gives at least a half. */
function write(folder: string, { path, at, bytes }: Write, random: () => number): void {
  for (let from = 0; from < bytes.length; from += sectorBytes) {
    if (random() < 0.5) continue;
    put(folder, path, at + from, bytes.subarray(from, from + sectorBytes));
  }
}

function writesWithoutSync(operations: readonly FileOperation[]): ReadonlySet<number> {
  const pending = new Map<string, number[]>();
  operations.forEach((operation, at) => {
    switch (operation.kind) {
      case "write":
        pending.set(operation.path, [...(pending.get(operation.path) ?? []), at]);
        break;
      case "rename":
        pending.set(operation.to, pending.get(operation.path) ?? []);
        pending.delete(operation.path);
        break;
      case "sync":
      case "remove":
        pending.delete(operation.path);
        break;
    }
  });
  return new Set([...pending.values()].flat());
}

function put(folder: string, path: string, at: number, bytes: Uint8Array): void {
  const descriptor = fs.openSync(join(folder, path), fs.constants.O_RDWR | fs.constants.O_CREAT);
  fs.writeSync(descriptor, bytes, 0, bytes.length, at);
  fs.closeSync(descriptor);
}

type Change = Exclude<FileOperation, { kind: "write" | "sync" | "acknowledged" }>;

function change(folder: string, operation: Change): void {
  const path = join(folder, operation.path);
  switch (operation.kind) {
    case "make":
    case "empty":
      fs.writeFileSync(path, "");
      break;
    case "cut":
      fs.truncateSync(path, operation.size);
      break;
    case "make folder":
      fs.mkdirSync(path, { recursive: true });
      break;
    case "remove":
      fs.rmSync(path, { force: true });
      break;
    case "remove folder":
      fs.rmSync(path, { recursive: true, force: true });
      break;
    case "rename":
      fs.renameSync(path, join(folder, operation.to));
      break;
  }
}
