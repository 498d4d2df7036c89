// What the reconciler asks of the ledger beside what everybody does.
import type { Database } from "./database/database.ts";
import { recall, remember } from "./installation.ts";
import { type AskedEvent, knownEvents } from "./known-events.ts";
import { lastRestored, type Restored } from "./restored.ts";

export interface ReconcilerLedger {
  /** Ids of those that bring no news: received, of a payment that has its order, or in hand by another event. */
  knownEvents(source: string, events: readonly AskedEvent[]): Promise<ReadonlySet<string>>;
  /** What this installation remembered under this name. */
  recall(name: string): Promise<string | undefined>;
  remember(name: string, value: string): Promise<void>;
  /** When the ledger was last restored from a backup, and how far back to look since. */
  lastRestored(): Promise<Restored | undefined>;
}

export function sqlReconcilerLedger(db: Database): ReconcilerLedger {
  return {
    knownEvents: (source, events) => knownEvents(db, source, events),
    recall: (name) => recall(db, name),
    remember: (name, value) => remember(db, name, value),
    lastRestored: () => lastRestored(db),
  };
}
