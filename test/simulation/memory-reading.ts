// An order as the ledger in memory tells it.
import type { OrderRecord, StepRecord } from "../../src/ledger/ledger.ts";
import { isMinded } from "./memory-gates.ts";
import type { MemoryTables, OrderRow, StepRow } from "./memory-tables.ts";

export function readOrder(tables: MemoryTables, reference: string): OrderRecord | undefined {
  const row = tables.orders.get(reference);
  return row && asOrderRecord(tables, row, tables.clock.nowMs());
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
