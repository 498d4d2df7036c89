// The ledger without a database, for a simulation that needs millions of its transactions. Each call is one transaction.
// memory-ledger.sql.test.ts holds it to the answers of the SQL.
import type { Ledger } from "../../src/ledger/ledger.ts";
import { memoryAlerts } from "./memory-alerts.ts";
import { memoryDueIndex } from "./memory-due-index.ts";
import { memoryEvents } from "./memory-events.ts";
import { memoryGates } from "./memory-gates.ts";
import { readOrder } from "./memory-reading.ts";
import { memoryRefunds } from "./memory-refunds.ts";
import { memorySteps } from "./memory-steps.ts";
import { type LedgerClock, type MemoryTables, memoryTables } from "./memory-tables.ts";

export interface MemoryLedger extends Ledger {
  /** What a test may see that the house does not ask for. */
  readonly tables: MemoryTables;
}

export function memoryLedger(clock: LedgerClock, random: () => number): MemoryLedger {
  const tables = memoryTables(clock, random);
  return {
    tables,
    due: memoryDueIndex(tables),
    gates: memoryGates(tables),
    ...memoryEvents(tables),
    ...memoryRefunds(tables),
    ...memorySteps(tables),
    ...memoryAlerts(tables),
    async takeOver() {
      const now = clock.nowMs();
      for (const row of tables.due.values()) row.dueAt = Math.min(row.dueAt, now);
      for (const { steps } of tables.orders.values())
        for (const step of steps) if (step.state === "running") step.leaseUntil = now;
      for (const [account, gate] of tables.gates)
        tables.gates.set(account, { ...gate, inside: [], called: [] });
    },
    loadOrder: async (reference) => readOrder(tables, reference),
  };
}
