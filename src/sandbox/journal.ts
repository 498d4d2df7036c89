// Keeps what simulators hold on disk, so that a killed sandbox remembers what "the world" already has.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mapCollection, type SimulatorKit } from "../connector-kit/simulator.ts";

interface Entry {
  readonly c: string;
  readonly id: string;
  readonly v?: unknown;
}

/** A kit whose collections live in `<folder>/<name>.jsonl`: one line a change, replayed when it is opened again. */
export function journalledKit(folder: string, name: string, now: () => Date): SimulatorKit {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.jsonl`);
  const kept = replay(file);
  endLastLine(file);
  return {
    now,
    collection<T>(collection: string) {
      // The journal holds only what this same simulator wrote under this name.
      const map = (kept.get(collection) ?? new Map()) as Map<string, T>;
      kept.set(collection, map);
      return mapCollection<T>(map, (id, value) => {
        const entry: Entry = { c: collection, id, v: value };
        appendFileSync(file, `${JSON.stringify(entry)}\n`);
      });
    },
  };
}

/** What is written next must not become part of a line that a kill cut in half. */
function endLastLine(file: string): void {
  if (existsSync(file) && !readFileSync(file, "utf8").endsWith("\n")) appendFileSync(file, "\n");
}

function replay(file: string): Map<string, Map<string, unknown>> {
  const collections = new Map<string, Map<string, unknown>>();
  if (!existsSync(file)) return collections;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const entry = readEntry(line);
    if (!entry) continue;
    const map = collections.get(entry.c) ?? new Map<string, unknown>();
    collections.set(entry.c, map);
    if (entry.v === undefined) map.delete(entry.id);
    else map.set(entry.id, entry.v);
  }
  return collections;
}

/** A line that a kill cut in half was never acknowledged to anybody. */
function readEntry(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isEntry = typeof value === "object" && value !== null && "c" in value && "id" in value;
    return isEntry ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}
