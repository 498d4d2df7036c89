// The gate of one provider account: who may call now. Pure; times are milliseconds by the ledger's clock.
import { type Breaker, healthy, hear, probing, type Signal } from "./breaker.ts";

/** What an account bears: at once, and in any second. */
export interface Limits {
  readonly concurrent?: number;
  readonly perSecond?: number;
}

export interface Visit {
  readonly holder: string;
  /** Visits of the same value are never inside together. */
  readonly exclusive?: string | undefined;
  /** A visitor that vanished counts until then. */
  readonly until: number;
}

/** A person's word that nobody calls for now. */
export interface Pause {
  readonly at: number;
  readonly by: string;
  readonly reason: string;
}

export interface Gate {
  readonly breaker: Breaker;
  readonly paused?: Pause | undefined;
  /** The provider asked everybody to wait until then. */
  readonly heldUntil: number;
  /** When the last calls began, oldest first. */
  readonly starts: readonly number[];
  readonly inside: readonly Visit[];
  /** Called in from the line, and not here yet. */
  readonly called: readonly Visit[];
}

export const openGate: Gate = {
  breaker: healthy,
  heldUntil: 0,
  starts: [],
  inside: [],
  called: [],
};

/** A call must begin within this of asking for its slot; else it gives the slot back and asks anew. */
export const slotMs = 200;
/** So no second ever sees more calls than the account bears, although each begins a little later than its slot. */
const rateWindowMs = 1000 + slotMs;
const calledMs = 3000;
const rampMs = 10_000;
/** Where an account names no limit: how many a second it gets at the end of the ramp. */
const usualRate = 20;
const pausedLookMs = 60_000;
/** Called in at once at most. */
export const mostCalled = 200;

/** Drops who stayed too long; `missed` were called and did not come. */
export function tidy(gate: Gate, now: number): { gate: Gate; missed: readonly string[] } {
  const isHere = ({ until }: Visit) => until > now;
  const missed = gate.called.filter((visit) => !isHere(visit)).map(({ holder }) => holder);
  const inside = gate.inside.filter(isHere);
  const starts = gate.starts.filter((start) => start > now - rateWindowMs);
  return { gate: { ...gate, inside, starts, called: gate.called.filter(isHere) }, missed };
}

/** How many more may begin now, of whom those that were called come first. */
export function room(gate: Gate, limits: Limits, now: number): number {
  const { breaker, heldUntil, starts, inside, called } = gate;
  if (heldUntil > now || gate.paused) return 0;
  if (breaker.state !== "closed") return breaker.probeAt <= now && called.length === 0 ? 1 : 0;
  const free = (limits.concurrent ?? Infinity) - inside.length;
  const slots = rateNow(breaker, limits, now) - starts.length;
  return Math.max(0, Math.min(free, slots) - called.length);
}

/** After an outage the rate grows by a tenth of the limit a second: else all who waited come at once. */
function rateNow({ closedAt }: Breaker, limits: Limits, now: number): number {
  const { concurrent, perSecond } = limits;
  if (closedAt === undefined || now - closedAt >= rampMs) return perSecond ?? Infinity;
  const full = perSecond ?? concurrent ?? usualRate;
  return Math.max(1, Math.floor((full * (1000 + now - closedAt)) / rampMs));
}

/** Whether this one may begin now. Who was called only finds the door shut when that changed meanwhile. */
export function mayEnter(gate: Gate, visit: Omit<Visit, "until">, limits: Limits, now: number) {
  const { exclusive, holder } = visit;
  if (exclusive !== undefined && isTaken(gate, exclusive, holder)) return false;
  const others = gate.called.filter((one) => one.holder !== holder);
  const isCalled = others.length < gate.called.length;
  return room({ ...gate, called: isCalled ? [] : others }, limits, now) > 0;
}

function isTaken({ inside, called }: Gate, exclusive: string, holder: string): boolean {
  const isTwin = (one: Visit) => one.exclusive === exclusive;
  return inside.some(isTwin) || called.some((one) => isTwin(one) && one.holder !== holder);
}

export function enter(
  gate: Gate,
  visit: Visit,
  line: string,
  probeInMs: number,
  now: number,
): Gate {
  const { breaker } = gate;
  return {
    ...gate,
    breaker: breaker.state === "closed" ? breaker : probing(breaker, probeInMs, now),
    starts: [...gate.starts, now],
    inside: [...gate.inside, visit],
    called: gate.called.filter(({ holder }) => holder !== line),
  };
}

export function leave(gate: Gate, holder: string): Gate {
  return { ...gate, inside: gate.inside.filter((visit) => visit.holder !== holder) };
}

export function call(gate: Gate, { holder, exclusive }: Omit<Visit, "until">, now: number): Gate {
  return { ...gate, called: [...gate.called, { holder, exclusive, until: now + calledMs }] };
}

export function listen(gate: Gate, signal: Signal, goodBefore: number, now: number): Gate {
  const breaker = hear(gate.breaker, signal, goodBefore, now);
  if (signal.kind !== "throttled") return { ...gate, breaker };
  return { ...gate, breaker, heldUntil: Math.max(gate.heldUntil, now + signal.holdMs) };
}

/** What nobody else may have at the same time, as of now. */
export function takenNow({ inside, called }: Gate): string[] {
  return [...inside, ...called].flatMap(({ exclusive }) => exclusive ?? []);
}

/** When time alone may make room: for whoever looks after the line. */
export function changesAt(gate: Gate, now: number): number {
  const { breaker, heldUntil, starts, inside, called } = gate;
  // Only a person ends a pause, and wakes whoever looks after the line.
  if (gate.paused) return now + pausedLookMs;
  const ends = [...inside, ...called].map(({ until }) => until);
  const slots = starts.map((start) => start + rateWindowMs);
  const probe = breaker.state === "closed" ? [] : [breaker.probeAt];
  const held = heldUntil > now ? [heldUntil] : [];
  const ramp =
    breaker.closedAt !== undefined && now - breaker.closedAt < rampMs ? [now + 1000] : [];
  const soonest = Math.min(...ends, ...slots, ...probe, ...held, ...ramp);
  return Math.max(now + 10, soonest);
}

/** A call that came too late for its slot never began. */
export function giveBack(gate: Gate, slot: number): Gate {
  const at = gate.starts.indexOf(slot);
  return at < 0 ? gate : { ...gate, starts: gate.starts.toSpliced(at, 1) };
}

/** Ms until a further call of somebody inside may begin; 0 means now. */
export function slotInMs(gate: Gate, limits: Limits, now: number): number {
  const { starts, heldUntil, breaker } = gate;
  const rate = rateNow(breaker, limits, now);
  const blocking = starts.length >= rate ? starts.at(-rate) : undefined;
  const untilSlot = blocking === undefined ? 0 : blocking + rateWindowMs - now;
  return Math.max(untilSlot, heldUntil - now, 0);
}

/** Until when calls to an account without limits must come through the gate as well; 0 for not at all. */
export function mindedUntil({ breaker, heldUntil, paused }: Gate): number {
  const { state, closedAt, failures } = breaker;
  if (paused || state !== "closed" || failures > 0) return Infinity;
  return Math.max(heldUntil, closedAt === undefined ? 0 : closedAt + rampMs);
}
