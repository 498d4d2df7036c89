// Claims and outcomes in memory, with the refusals of the SQL: a fence for every claim, and doubt that only a look clears.
import { causes } from "../../src/connector-kit/cause.ts";
import { alertsOf, over } from "../../src/ledger/finish-step.ts";
import type { Changed, Claim, ClaimRequest, Ending, Ledger } from "../../src/ledger/ledger.ts";
import { RecordTaken } from "../../src/ledger/record-taken.ts";
import { storable } from "../../src/ledger/storable.ts";
import { orderSubject } from "../../src/ledger/subject.ts";
import { toJson } from "../../src/order/json.ts";
import { stateOf } from "../../src/pipeline/plan.ts";
import { closeAlerts, insertAlert } from "./memory-alerts.ts";
import { wakeIn } from "./memory-due-index.ts";
import { readOrder } from "./memory-reading.ts";
import { findStep, type MemoryTables, type OrderRow, type StepRow } from "./memory-tables.ts";

type StepPart = "claim" | "finish" | "refuse" | "retry" | "unblock";

export function memorySteps(tables: MemoryTables): Pick<Ledger, StepPart> {
  return {
    claim: async (request) => claim(tables, request),
    finish: async (held, ending) => finish(tables, held, ending),
    async refuse(where, trouble, alert) {
      const step = findStep(tables, where);
      const now = tables.clock.nowMs();
      if (!step || !mayBeRefused(step, now)) return;
      step.inDoubt ||= step.state === "running";
      step.state = "attention";
      step.changedAt = now;
      tell(step, trouble);
      abandonAttempt(step);
      const { reference, run, name, store } = where;
      insertAlert(tables, `refused:${run}:${name}`, store, reference, alert);
      skipUnbegun(tables, reference);
      settleOrderState(tables, reference);
    },
    retry: async (reference, name) => retry(tables, reference, name),
    unblock: async (reference) => unblockSteps(tables, reference),
  };
}

function isWaiting({ state }: StepRow): boolean {
  return state === "ready" || state === "unknown" || state === "parked";
}

function isLeft(step: StepRow, now: number): boolean {
  return step.state === "running" && step.leaseUntil + step.settleMs <= now;
}

function mayBeRefused(step: StepRow, now: number): boolean {
  return isWaiting(step) || isLeft(step, now);
}

function claim(tables: MemoryTables, request: ClaimRequest): Claim | undefined {
  const { reference, run, name, owner, leaseMs, inputDigest } = request;
  const step = findStep(tables, request);
  const now = tables.clock.nowMs();
  if (!step) return undefined;
  if (step.inputDigest !== undefined && step.inputDigest !== inputDigest) return undefined;
  const isDue = isWaiting(step) ? step.notBefore <= now : isLeft(step, now);
  if (!isDue) return undefined;
  if (step.state === "running") {
    step.inDoubt = true;
    step.firstFailed ??= step.changedAt;
  }
  step.state = "running";
  step.fence += 1;
  step.leaseUntil = now + leaseMs;
  step.inputDigest = inputDigest;
  step.changedAt = now;
  abandonAttempt(step);
  const { fence, inDoubt: isRepeat, tries } = step;
  step.attempts.push({ fence, owner, isRepeat, outcome: undefined });
  return { reference, run, name, fence, isRepeat, tries };
}

function abandonAttempt(step: StepRow): void {
  const last = step.attempts.at(-1);
  if (last && last.outcome === undefined) last.outcome = "abandoned";
}

function finish(tables: MemoryTables, held: Claim, ending: Ending): Changed | undefined {
  const step = findStep(tables, held);
  const attempt = step?.attempts.at(-1);
  if (!step || attempt?.fence !== held.fence || attempt.outcome !== undefined) return undefined;
  if (ending.kind === "done") takeRecord(tables, step, ending.external);
  attempt.outcome = attemptOutcome(ending);
  step.changedAt = tables.clock.nowMs();
  const wasInTrouble = step.cause !== undefined;
  if (ending.kind === "done") {
    step.state = "done";
    step.output = JSON.parse(toJson(ending.output));
    step.inDoubt = false;
    step.tries = 0;
    step.firstFailed = undefined;
    tell(step, undefined);
    unblockSteps(tables, held.reference);
    if (wasInTrouble) closeAlerts(tables, alertsOf(held), over(held));
  } else {
    markNotDone(tables, step, held, ending);
  }
  const needsCare = wasInTrouble || tables.orders.get(held.reference)?.isStopped === true;
  skipUnbegun(tables, held.reference);
  settleOrderState(tables, held.reference);
  return ending.kind === "done" && !needsCare ? { order: readOrder(tables, held.reference) } : {};
}

type Done = Extract<Ending, { kind: "done" }>;
type NotDone = Exclude<Ending, Done>;

function takeRecord(tables: MemoryTables, step: StepRow, external: Done["external"]): void {
  if (external.isShared) return;
  const key = JSON.stringify([step.account, step.action, storable(external.id)]);
  if (tables.takenRecords.has(key)) throw new RecordTaken(external.id);
  tables.takenRecords.add(key);
}

function attemptOutcome(ending: Ending): string {
  if (ending.kind === "done") return ending.via === "look-up" ? "found" : "succeeded";
  if (ending.kind === "unknown") return "unknown";
  if (ending.kind === "retry") return ending.wasAbsent ? "absent" : "refused";
  if (ending.isInDoubt) return "unknown";
  return ending.wasAbsent ? "absent" : "rejected";
}

function markNotDone(tables: MemoryTables, step: StepRow, held: Claim, ending: NotDone): void {
  const isAttention = ending.kind === "attention";
  const addsDoubt = ending.kind === "unknown" || (isAttention && ending.isInDoubt);
  const wasAbsent = ending.kind !== "unknown" && ending.wasAbsent;
  step.inDoubt = addsDoubt || (step.inDoubt && !wasAbsent);
  if (isAttention) step.state = "attention";
  else if (step.inDoubt) step.state = "unknown";
  else step.state = ending.kind === "retry" && ending.isParked ? "parked" : "ready";
  step.tries += 1;
  step.firstFailed ??= tables.clock.nowMs();
  step.notBefore = tables.clock.nowMs() + (isAttention ? 0 : ending.delayMs);
  tell(step, ending.trouble);
  if (!isAttention) return;
  const dedupe = `step:${held.run}:${held.name}:${held.fence}`;
  insertAlert(tables, dedupe, ending.store, held.reference, ending.alert);
}

function tell(step: StepRow, trouble: NotDone["trouble"] | undefined): void {
  step.cause = trouble?.cause;
  step.message = trouble && storable(trouble.message);
  step.field = trouble?.field;
}

function retry(tables: MemoryTables, reference: string, name: string): boolean {
  const step = tables.orders.get(reference)?.steps.find((one) => one.name === name);
  const now = tables.clock.nowMs();
  if (!step || !["attention", "parked", "ready"].includes(step.state)) return false;
  if (step.state === "attention") step.state = step.inDoubt ? "unknown" : "ready";
  step.notBefore = step.inDoubt ? Math.max(step.notBefore, now) : now;
  step.tries = 0;
  step.firstFailed = undefined;
  step.changedAt = now;
  if (!step.inDoubt) step.inputDigest = undefined;
  settleOrderState(tables, reference);
  wakeIn(tables, orderSubject(reference), 0);
  return true;
}

function unblockSteps(tables: MemoryTables, reference: string): number {
  const steps = tables.orders.get(reference)?.steps ?? [];
  const isOpen = ({ state }: StepRow) => state !== "done" && state !== "skipped";
  const waits = ({ needs }: StepRow) =>
    steps.some((other) => isOpen(other) && needs.includes(other.name));
  const freed = steps.filter((step) => step.state === "blocked" && !waits(step));
  for (const step of freed) {
    step.state = "ready";
    step.notBefore = Math.max(step.notBefore, tables.clock.nowMs());
    step.changedAt = tables.clock.nowMs();
  }
  return freed.length;
}

/** Of a stopped order only. */
export function skipUnbegun(tables: MemoryTables, reference: string): void {
  const row = tables.orders.get(reference);
  if (!row?.isStopped) return;
  for (const step of row.steps) {
    const isBegun = !["blocked", "ready", "parked", "attention"].includes(step.state);
    if (isBegun || step.inDoubt) continue;
    step.state = "skipped";
    step.changedAt = tables.clock.nowMs();
    tell(step, { cause: "order.refunded", message: causes["order.refunded"].sentence });
  }
}

export function settleOrderState(tables: MemoryTables, reference: string): void {
  const row: OrderRow | undefined = tables.orders.get(reference);
  if (!row || row.state === "cancelled") return;
  const isCutShort = row.isStopped && row.steps.some((step) => step.state === "skipped");
  const ended = stateOf(row.steps);
  const state = ended === "done" && isCutShort ? "cancelled" : ended;
  if (state === row.state) return;
  row.state = state;
  row.doneAt = state === "done" ? tables.clock.nowMs() : undefined;
}
