// What happens in one turn at an account's gate; the same over SQL and in memory.
import type { Signal, Why } from "../../gate/breaker.ts";
import type { Gate, Limits, Pause } from "../../gate/gate.ts";
import * as gates from "../../gate/gate.ts";
import type { AccountHealth, Entrant, Entry, GateTable, Pass, Slot } from "./gates.ts";

export async function enterGate(table: GateTable, entrant: Entrant): Promise<Entry> {
  const { account, limits, holder, exclusive, probeInMs, staysMs } = entrant;
  let gate = await openedAt(table, account);
  const { now } = table;
  const isCalled = gate.called.some((visit) => visit.holder === holder);
  const isMyTurn = isCalled || !(await table.isLine(account, holder, gate));
  if (isMyTurn && gates.mayEnter(gate, { holder, exclusive }, limits, now)) {
    if (!(await table.admit(entrant))) return { kind: "gone" };
    const visit = { holder: entrant.visit, exclusive, until: now + staysMs };
    await table.save(account, gates.enter(gate, visit, holder, probeInMs, now));
    return { kind: "in", pass: { account, limits, visit: entrant.visit, slot: now } };
  }
  const why = whyShut(gate);
  const joined = await table.join(entrant, why);
  gate = await callNext(table, account, limits, { ...gate, called: without(gate.called, holder) });
  await table.save(account, gate);
  if (joined !== "gone") await table.wakeKeeper(account, gates.changesAt(gate, now) - now);
  if (joined !== "overdue") return { kind: joined };
  return { kind: "overdue", message: why?.message ?? `${account} had no room for a week.` };
}

/** Undefined: it is open, and there is no room. */
function whyShut({ breaker, paused }: Gate): Why | undefined {
  if (!paused) return breaker.state === "closed" ? undefined : breaker.why;
  const message = `${paused.by} paused it: ${paused.reason}`;
  return { cause: "provider.paused", message, isRefusal: false };
}

const without = (visits: Gate["called"], holder: string) =>
  visits.filter((visit) => visit.holder !== holder);

/** Without a visit somebody only tells how a call went. */
export async function leaveGate(
  table: GateTable,
  { account, limits, visit }: Pick<Pass, "account" | "limits"> & { readonly visit?: string },
  signal: Signal | undefined,
  goodBefore: number,
): Promise<void> {
  let gate = await openedAt(table, account);
  if (visit !== undefined) gate = gates.leave(gate, visit);
  const before = gate.breaker.state;
  if (signal) gate = gates.listen(gate, signal, goodBefore, table.now);
  const called = await callNext(table, account, limits, gate);
  await table.save(account, called);
  // Whoever looks after the line also tells people of outages, and sees who does not come when called.
  if (gate.breaker.state !== before) await table.wakeKeeper(account, 0);
  else if (called !== gate) {
    await table.wakeKeeper(account, gates.changesAt(called, table.now) - table.now);
  }
}

export async function takeSlot(
  table: GateTable,
  { account, limits }: Pass,
  unused: number | undefined,
): Promise<Slot> {
  const opened = await openedAt(table, account);
  const gate = unused === undefined ? opened : gates.giveBack(opened, unused);
  const { now } = table;
  const inMs = gates.slotInMs(gate, limits, now);
  const starts = inMs > 0 ? gate.starts : [...gate.starts, now];
  await table.save(account, { ...gate, starts });
  return inMs > 0 ? { inMs } : { slot: now };
}

/** Calls in whoever may come now, although nobody left. */
export async function tendGate(
  table: GateTable,
  account: string,
  limits: Limits,
): Promise<AccountHealth> {
  const gate = await callNext(table, account, limits, await openedAt(table, account));
  const { now } = table;
  await table.save(account, gate);
  const waiting = await table.count(account);
  const lookAgainInMs = waiting > 0 ? gates.changesAt(gate, now) - now : undefined;
  return { breaker: gate.breaker, waiting, nowMs: now, lookAgainInMs };
}

/** People were told that it is over: nobody need be told again. */
export async function endOutage(table: GateTable, account: string, outage: number): Promise<void> {
  const gate = await openedAt(table, account);
  const { breaker } = gate;
  if (breaker.state !== "closed" || breaker.outages !== outage) return;
  const { openedAt: _, why: __, ...rest } = breaker;
  await table.save(account, { ...gate, breaker: rest });
}

/** Somebody mended something, or asks for it: an outage is tried at once. */
export async function probeSoon(table: GateTable, account: string): Promise<void> {
  const gate = await openedAt(table, account);
  if (gate.breaker.state === "closed") return;
  await table.save(account, { ...gate, breaker: { ...gate.breaker, probeAt: table.now } });
  await table.wakeKeeper(account, 0);
}

/** Nobody is let in any more; who is inside ends what was begun. False: it is paused already. */
export async function pauseGate(
  table: GateTable,
  account: string,
  pause: Omit<Pause, "at">,
): Promise<boolean> {
  const gate = await openedAt(table, account);
  if (gate.paused) return false;
  await table.save(account, { ...gate, paused: { ...pause, at: table.now } });
  return true;
}

/** The pause that ended; undefined when there was none. */
export async function resumeGate(table: GateTable, account: string): Promise<Pause | undefined> {
  const { paused, ...gate } = await openedAt(table, account);
  if (!paused) return undefined;
  await table.save(account, gate);
  await table.wakeKeeper(account, 0);
  return paused;
}

async function openedAt(table: GateTable, account: string): Promise<Gate> {
  const { gate, missed } = gates.tidy(await table.load(account), table.now);
  if (missed.length > 0) await table.miss(missed);
  return gate;
}

async function callNext(table: GateTable, account: string, limits: Limits, gate: Gate) {
  const { now } = table;
  const most = Math.min(gates.room(gate, limits, now), gates.mostCalled);
  if (most <= 0) return gate;
  let called = gate;
  let count = 0;
  // A few more than there is room for: some wait for a twin, some have nothing to do any more.
  for (const one of await table.next(account, gate, most + 20)) {
    if (count === most) break;
    if (one.exclusive !== undefined && gates.takenNow(called).includes(one.exclusive)) continue;
    if (!(await table.rouse(one))) continue;
    called = gates.call(called, one, now);
    count += 1;
  }
  return called;
}
