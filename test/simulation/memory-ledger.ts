// The ledger without a database, for a simulation that needs millions of its transactions. Each call is one transaction.
// memory-ledger.sql.test.ts holds it to the answers of the SQL.
import type { Ledger, OrderRecord, StepRecord } from "../../src/ledger/ledger.ts";
import { memoryAlerts } from "./memory-alerts.ts";
import { memoryDueIndex } from "./memory-due-index.ts";
import { memoryEvents } from "./memory-events.ts";
import { isMinded, memoryGates } from "./memory-gates.ts";
import { memoryRefunds } from "./memory-refunds.ts";
import { memorySteps } from "./memory-steps.ts";
import {
  type LedgerClock,
  type MemoryTables,
  memoryTables,
  type OrderRow,
  type StepRow,
} from "./memory-tables.ts";

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
    async loadOrder(reference) {
      const row = tables.orders.get(reference);
      return row && asOrderRecord(tables, row, clock.nowMs());
    },
  };
}

function asOrderRecord(tables: MemoryTables, row: OrderRow, now: number): OrderRecord {
  return {
    order: row.order,
    state: row.state,
    isStopped: row.isStopped,
    fileKey: row.fileKey,
    createdAt: new Date(row.createdAt),
    doneAt: row.doneAt === undefined ? undefined : new Date(row.doneAt),
    steps: row.steps.map((step) => asStepRecord(tables, step, now)),
  };
}

function asStepRecord(tables: MemoryTables, step: StepRow, now: number): StepRecord {
  const dueAt = step.state === "running" ? step.leaseUntil + step.settleMs : step.notBefore;
  const { run, name, needs, provider, state, fence, tries, inDoubt, output, inputDigest } = step;
  const { cause, message, field } = step;
  const standing = { run, name, needs, provider, state, fence, tries, inDoubt, inputDigest };
  const changedAt = new Date(step.changedAt);
  const since = step.firstFailed ?? (step.state === "running" ? step.changedAt : undefined);
  const failingMs = since === undefined ? undefined : now - since;
  const troubled = { cause, message, field, failingMs, isMinded: isMinded(tables, step.account) };
  return { ...standing, ...troubled, dueInMs: dueAt - now, output, changedAt };
}
