// Counts how often a seam is passed, and kills this process there.
import { writeSync } from "node:fs";
import type { Database, Queryable } from "../../src/ledger/database/database.ts";
import type { Seam } from "./seams.ts";

type Anything = (...args: unknown[]) => unknown;

export interface Watch {
  /** The seam is passed now. */
  now(): void;
  /** Calls the function, and passes the seam before or after it. */
  calls(original: Anything, args: unknown[]): unknown;
}

export function dieAt(seam: Seam): Watch {
  let left = seam.nth ?? 1;
  const { at: spot } = seam;

  function now(): void {
    left -= 1;
    if (left !== 0) return;
    if (seam.laterMs === undefined) die();
    else setTimeout(die, seam.laterMs);
  }

  function die(): void {
    writeSync(1, `crashes at ${seam.name}\n`);
    process.kill(process.pid, "SIGKILL");
  }

  /** Passes the seam around one call. */
  function around(run: Anything, args: unknown[]): unknown {
    const isMeant = spot.kind === "function" && spot.isMeant ? spot.isMeant : () => true;
    if (spot.kind === "function" && spot.when === "before" && isMeant(args)) now();
    return then(run(...args), (result) => {
      if (spot.kind === "function" && spot.when === "after" && isMeant(args, result)) now();
      return result;
    });
  }

  function calls(original: Anything, args: unknown[]): unknown {
    // as: only the two functions that open a database are wrapped for statements.
    if (spot.kind === "statement")
      return then(original(...args), (db) => watched(db as Database, spot, now));
    if (spot.kind !== "function" || spot.method === undefined) return around(original, args);
    const { method } = spot;
    return then(original(...args), (made) => {
      const object = made as Record<string, unknown>; // as: an object of methods, which is checked here
      const own = object[method];
      if (typeof own !== "function") throw new Error(`${spot.name} gives no "${method}" any more.`);
      return { ...object, [method]: (...inner: unknown[]) => around(own as Anything, inner) };
    });
  }

  return { now, calls };
}

function then(value: unknown, next: (value: unknown) => unknown): unknown {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** The same database, with the seam before or after a statement of it. */
function watched(
  db: Database,
  { sql, when }: { readonly sql: RegExp; readonly when: "before" | "after" },
  now: () => void,
): Database {
  const query =
    (queryable: Queryable): Queryable["query"] =>
    async (text, values) => {
      const isMeant = sql.test(text);
      if (isMeant && when === "before") now();
      const result = await queryable.query(text, values);
      if (isMeant && when === "after") now();
      return result as never; // as: the row type is the caller's claim, see Queryable
    };
  return {
    ...db,
    query: query(db),
    transaction: (work, options) => db.transaction((tx) => work({ query: query(tx) }), options),
  };
}
