// Writes down what a process does to the files of a folder, so that it can be replayed up to a power cut.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { relative } from "node:path";

export type FileOperation =
  | {
      readonly kind: "write";
      readonly path: string;
      readonly at: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "sync"; readonly path: string }
  | {
      readonly kind: "make" | "empty" | "make folder" | "remove" | "remove folder";
      readonly path: string;
    }
  | { readonly kind: "cut"; readonly path: string; readonly size: number }
  | { readonly kind: "rename"; readonly path: string; readonly to: string }
  /** From here on this transaction is acknowledged. */
  | { readonly kind: "acknowledged"; readonly n: number };

export interface FileTrace {
  readonly operations: FileOperation[];
  stop(): void;
}

/**
 * Patches the file system's synchronous functions, which is all that the embedded database uses. What is done under
 * another folder is not written down.
 */
export function traceFiles(folder: string): FileTrace {
  const operations: FileOperation[] = [];
  const original = { ...fs };
  const open = new Map<number, string>();
  const inside = (path: unknown): string | undefined => {
    const name = relative(folder, String(path));
    return name.startsWith("..") ? undefined : name;
  };
  const add = (path: unknown, make: (path: string) => FileOperation) => {
    const name = inside(path);
    if (name !== undefined) operations.push(make(name));
  };
  const ofOpen = (descriptor: number, make: (path: string) => FileOperation) => {
    const path = open.get(descriptor);
    if (path !== undefined) operations.push(make(path));
  };

  const traced = {
    openSync(...args: Parameters<typeof fs.openSync>) {
      const [path, flags = "r"] = args;
      const wasThere = inside(path) === undefined || original.existsSync(path);
      const descriptor = original.openSync(...args);
      const name = inside(path);
      if (name === undefined) return descriptor;
      open.set(descriptor, name);
      if (!wasThere) operations.push({ kind: "make", path: name });
      const isEmptied = typeof flags === "number" && (flags & fs.constants.O_TRUNC) !== 0;
      if (wasThere && isEmptied) operations.push({ kind: "empty", path: name });
      return descriptor;
    },
    closeSync(descriptor: number) {
      open.delete(descriptor);
      original.closeSync(descriptor);
    },
    writeSync(
      descriptor: number,
      bytes: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ) {
      const written = original.writeSync(descriptor, bytes, offset, length, position);
      ofOpen(descriptor, (path) => {
        if (typeof position !== "number")
          throw new Error(`${path} was written without a position.`);
        const kept = Uint8Array.from(bytes.subarray(offset, offset + written));
        return { kind: "write", path, at: position, bytes: kept };
      });
      return written;
    },
    fsyncSync(descriptor: number) {
      original.fsyncSync(descriptor);
      ofOpen(descriptor, (path) => ({ kind: "sync", path }));
    },
    ftruncateSync(descriptor: number, size: number) {
      original.ftruncateSync(descriptor, size);
      ofOpen(descriptor, (path) => ({ kind: "cut", path, size }));
    },
    truncateSync(path: string, size: number) {
      original.truncateSync(path, size);
      add(path, (name) => ({ kind: "cut", path: name, size }));
    },
    writeFileSync(...args: Parameters<typeof fs.writeFileSync>) {
      original.writeFileSync(...args);
      // The database only makes empty files in this way.
      add(args[0], (name) => ({ kind: "make", path: name }));
    },
    mkdirSync(...args: Parameters<typeof fs.mkdirSync>) {
      const made = original.mkdirSync(...args);
      add(args[0], (name) => ({ kind: "make folder", path: name }));
      return made;
    },
    unlinkSync(path: string) {
      original.unlinkSync(path);
      add(path, (name) => ({ kind: "remove", path: name }));
    },
    rmdirSync(path: string) {
      original.rmdirSync(path);
      add(path, (name) => ({ kind: "remove folder", path: name }));
    },
    renameSync(from: string, to: string) {
      original.renameSync(from, to);
      const target = inside(to);
      if (target !== undefined) add(from, (name) => ({ kind: "rename", path: name, to: target }));
    },
  };
  Object.assign(fs, traced);
  syncBuiltinESMExports();
  return {
    operations,
    stop() {
      for (const name of Object.keys(traced)) Reflect.set(fs, name, Reflect.get(original, name));
      syncBuiltinESMExports();
    },
  };
}
