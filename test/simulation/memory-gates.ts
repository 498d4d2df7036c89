// Gates and their lines in memory: the product's own turns, over tables that are maps.
import type { Why } from "../../src/gate/breaker.ts";
import { mindedUntil, openGate, takenNow } from "../../src/gate/gate.ts";
import {
  type Entrant,
  type Gates,
  type GateTable,
  type InLine,
  longestWaitMs,
  mostMissed,
} from "../../src/ledger/gates/gates.ts";
import { gatesOver } from "../../src/ledger/gates/gates-over.ts";
import { accountSubject, readSubject } from "../../src/ledger/subject.ts";
import { wakeIn } from "./memory-due-index.ts";
import type { MemoryTables, StepRow, WaitingRow } from "./memory-tables.ts";

export function memoryGates(tables: MemoryTables): Gates {
  const table = memoryGateTable(tables);
  return gatesOver({
    turn: (work) => work(table),
    nowMs: () => tables.clock.nowMs(),
    isMinded: async (account) => isMinded(tables, account),
    async illAccounts() {
      const ill = [...tables.gates].filter(([, { breaker }]) => breaker.state !== "closed");
      return ill.map(([name]) => name).sort();
    },
  });
}

export function isMinded(tables: MemoryTables, account: string): boolean {
  const gate = tables.gates.get(account);
  return gate !== undefined && mindedUntil(gate) > tables.clock.nowMs();
}

function memoryGateTable(tables: MemoryTables): GateTable {
  const { waiting } = tables;
  const now = () => tables.clock.nowMs();
  const inLine = (account: string) =>
    [...waiting.values()].filter((row) => row.account === account);
  const eligible: (...of: Parameters<GateTable["isLine"]>) => WaitingRow[] = (
    account,
    me,
    gate,
  ) => {
    const called = new Set(gate.called.map(({ holder }) => holder));
    const taken = new Set(takenNow(gate));
    return inLine(account)
      .filter(({ holder }) => holder !== me && !called.has(holder))
      .filter(({ exclusive }) => exclusive === undefined || !taken.has(exclusive));
  };
  return {
    get now() {
      return Math.floor(now());
    },
    async load(account) {
      const gate = tables.gates.get(account) ?? openGate;
      tables.gates.set(account, gate);
      return gate;
    },
    async save(account, gate) {
      tables.gates.set(account, gate);
    },
    isLine: async (account, holder, gate) => eligible(account, holder, gate).length > 0,
    count: async (account) => inLine(account).length,
    next: async (account, gate, limit) =>
      eligible(account, "", gate)
        .sort((a, b) => a.missed - b.missed || a.ticket - b.ticket)
        .slice(0, limit)
        .map((row): InLine => ({ ...row, waitedMs: now() - row.since })),
    join: async (entrant, why) => join(tables, entrant, why),
    admit: async (entrant) => admit(tables, entrant),
    async miss(holders) {
      for (const holder of holders) {
        const row = waiting.get(holder);
        if (row && row.missed >= mostMissed) waiting.delete(holder);
        else if (row) row.missed += 1;
      }
    },
    rouse: async (one) => rouse(tables, one),
    async wakeKeeper(account, inMs) {
      wakeIn(tables, accountSubject(account), inMs);
    },
  };
}

/** Due; or put off by its place in line, and by nothing else; or left by its owner. */
function mayBeTried(step: StepRow, since: number, now: number): boolean {
  const { state, notBefore } = step;
  if (state === "running") return step.leaseUntil + step.settleMs <= now;
  const isWaiting = state === "ready" || state === "unknown" || state === "parked";
  return isWaiting && (notBefore <= now || notBefore === since + longestWaitMs);
}

function join(tables: MemoryTables, entrant: Entrant, why: Why | undefined) {
  const { holder, account, subject, step: where, exclusive } = entrant;
  const now = tables.clock.nowMs();
  if (subject === undefined) return "waits";
  const known = tables.waiting.get(holder);
  const since = known?.since ?? now;
  if (!(where ? putOff(tables, where, since, why) : isUnsettled(tables, subject))) {
    tables.waiting.delete(holder);
    return "gone";
  }
  const ticket = known?.ticket ?? tables.lastTicket++;
  const place = { holder, account, subject, step: where, exclusive, ticket, since };
  tables.waiting.set(holder, { ...place, missed: known?.missed ?? 0 });
  if (!where || since + longestWaitMs > now) return "waits";
  tables.waiting.delete(holder);
  return "overdue";
}

function admit(tables: MemoryTables, { holder, step: where, subject }: Entrant): boolean {
  const isWanted = where
    ? makeDue(tables, holder, where)
    : subject === undefined || isUnsettled(tables, subject);
  tables.waiting.delete(holder);
  return isWanted;
}

function makeDue(tables: MemoryTables, holder: string, where: Place): boolean {
  const step = findStepOf(tables, where);
  const now = tables.clock.nowMs();
  const since = tables.waiting.get(holder)?.since ?? Number.NaN;
  if (!step || !mayBeTried(step, since, now)) return false;
  step.notBefore = Math.min(step.notBefore, now);
  return true;
}

type Place = NonNullable<Entrant["step"]>;

function putOff(tables: MemoryTables, where: Place, since: number, why: Why | undefined): boolean {
  const step = findStepOf(tables, where);
  const now = tables.clock.nowMs();
  if (!step) return false;
  if (!mayBeTried(step, since, now)) return false;
  step.inDoubt ||= step.state === "running";
  if (step.inDoubt) step.state = "unknown";
  else if (why) step.state = "parked";
  step.notBefore = since + longestWaitMs;
  step.cause = why?.cause ?? step.cause;
  step.message = why?.message ?? step.message;
  const last = step.attempts.at(-1);
  if (last && last.outcome === undefined) last.outcome = "abandoned";
  return true;
}

function isUnsettled(tables: MemoryTables, subject: string): boolean {
  const read = readSubject(subject);
  if (read?.kind === "event") return tables.events.get(subject)?.disposition === "received";
  if (read?.kind !== "alert") return true;
  const alert = tables.alerts.get(read.id);
  return alert !== undefined && alert.outcome === undefined;
}

function rouse(tables: MemoryTables, one: InLine): boolean {
  const waits = one.step ? makeDue(tables, one.holder, one.step) : isUnsettled(tables, one.subject);
  if (!waits) tables.waiting.delete(one.holder);
  wakeIn(tables, one.subject, waits ? -one.waitedMs : 0);
  return waits;
}

function findStepOf(tables: MemoryTables, { run, name }: { run: string; name: string }) {
  const reference = run.slice(0, run.indexOf("-"));
  return tables.orders.get(reference)?.steps.find((step) => step.run === run && step.name === name);
}
