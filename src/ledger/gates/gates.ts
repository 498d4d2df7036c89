// Permits and circuit breakers of provider accounts, shared by all processes: who may call now, and who waits in line.
import type { Signal, Why } from "../../gate/breaker.ts";
import type { Gate, Limits } from "../../gate/gate.ts";

/** Who wants to call an account. */
export interface Entrant {
  readonly account: string;
  readonly limits: Limits;
  /** The same each time it comes. */
  readonly holder: string;
  /** Names this visit alone. */
  readonly visit: string;
  readonly exclusive?: string | undefined;
  /** Gone without a word, it counts no longer after this. */
  readonly staysMs: number;
  /** Should it be the one that tries whether an outage is over: the next may try after this. */
  readonly probeInMs: number;
  /** Woken when it is its turn. Absent: it does not wait in line, but comes again by itself. */
  readonly subject?: string | undefined;
  /** The step that cannot go on meanwhile. */
  readonly step?: { readonly run: string; readonly name: string } | undefined;
}

/** The right to call an account, until `leave`. */
export interface Pass {
  readonly account: string;
  readonly limits: Limits;
  readonly visit: string;
  /** Its first call's place among the calls of this second, by the ledger's clock. */
  readonly slot: number;
}

export type Slot = { readonly slot: number } | { readonly inMs: number };

export type Entry =
  | { readonly kind: "in"; readonly pass: Pass }
  /** It is woken when it is its turn. */
  | { readonly kind: "waits" }
  /** Somebody else did, or does, what it came for. */
  | { readonly kind: "gone" }
  /** It has been in line for a week. */
  | { readonly kind: "overdue"; readonly message: string };

export interface AccountHealth {
  readonly breaker: Gate["breaker"];
  readonly waiting: number;
  readonly nowMs: number;
  /** When somebody must look after the line again; undefined when nobody is in it. */
  readonly lookAgainInMs: number | undefined;
}

export interface InLine {
  readonly holder: string;
  readonly exclusive: string | undefined;
  readonly subject: string;
  readonly step: { readonly run: string; readonly name: string } | undefined;
  readonly waitedMs: number;
}

/** One account's gate and its line, during one turn: what happens in it happens at once for everybody else. */
export interface GateTable {
  /** Ms, by the ledger's clock. */
  readonly now: number;
  /** Nobody else has a turn at this account before ours is over. */
  load(account: string): Promise<Gate>;
  save(account: string, gate: Gate): Promise<void>;
  /** Whether somebody else waits who could go now: not called yet, and not waiting for a twin. */
  isLine(account: string, holder: string, gate: Gate): Promise<boolean>;
  count(account: string): Promise<number>;
  next(account: string, gate: Gate, limit: number): Promise<readonly InLine[]>;
  /** Takes a place in line, or keeps it. "gone": its step is somebody else's by now. */
  join(entrant: Entrant, why: Why | undefined): Promise<"waits" | "overdue" | "gone">;
  /** Out of the line and in, so that its step may be claimed; false when there is nothing left to come for. */
  admit(entrant: Entrant): Promise<boolean>;
  miss(holders: readonly string[]): Promise<void>;
  /** Makes its step due and wakes its subject; false, and out of the line, when its step no longer waits. */
  rouse(one: InLine): Promise<boolean>;
  wakeKeeper(account: string, inMs: number): Promise<void>;
}

/** What waits longer needs a person. */
export const longestWaitMs = 7 * 24 * 3600_000;

/** So often called without coming, it leaves the line: what it waits with comes again by itself, when it is due. */
export const mostMissed = 5;

export interface Gates {
  enter(entrant: Entrant): Promise<Entry>;
  /** `signal`: what the call said of the provider's health, if anything. */
  leave(pass: Pass, signal: Signal | undefined): Promise<void>;
  /** Of a call that needed no pass, as its account has no limits and is well. */
  hear(account: string, limits: Limits, signal: Signal): Promise<void>;
  /** Whether even a call to an account without limits needs a pass now. */
  isMinded(account: string): Promise<boolean>;
  /** A place for a further call of this visit, or ms until there may be one. `unused`: a slot that it came too late for. */
  takeSlot(pass: Pass, unused?: number): Promise<Slot>;
  /** Calls in whoever may come now, although nobody left. */
  tend(account: string, limits: Limits): Promise<AccountHealth>;
  /** People were told that this outage is over: it need not be told again. */
  endOutage(account: string, outage: number): Promise<void>;
  /** Somebody mended something, or asks for it: the account's outage, or every one, is tried at once. */
  probeSoon(account?: string): Promise<void>;
}
