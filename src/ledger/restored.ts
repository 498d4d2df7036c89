// The ledger was restored from a backup: what was done since then happened, and it does not remember.
import { z } from "zod";
import type { Queryable } from "./database/database.ts";
import { recall, remember } from "./installation.ts";

export interface Restored {
  /** By the ledger's clock. Whatever it forgot was begun before. */
  readonly at: Date;
  /** How far back payments are looked for that the backup does not know. */
  readonly since: Date;
}

const name = "restored";
const kept = z.object({ at: z.coerce.date(), since: z.coerce.date() });

/** The provider's clock and ours may differ, and an order takes a while to be begun. */
const marginMs = 10 * 60_000;

/** The last time; undefined when it never was. */
export async function lastRestored(db: Queryable): Promise<Restored | undefined> {
  const value = await recall(db, name);
  return value === undefined ? undefined : kept.parse(JSON.parse(value));
}

export function rememberRestored(db: Queryable, restored: Restored): Promise<void> {
  return remember(db, name, JSON.stringify(restored));
}

/** What began at that moment may have been worked on by a ledger that was lost. */
export function mayBeForgotten(restored: Restored, began: Date): boolean {
  return began.getTime() <= restored.at.getTime() + marginMs;
}
