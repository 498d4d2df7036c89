// One step as the ledger has it, the two workers that want it, and what is on its way to the provider.
import type { StepState } from "../../src/pipeline/plan.ts";

/** What an attempt ended with, before the ledger knows. "absent" after a look that found nothing. */
export type Ending =
  | "done"
  | "retry"
  | "retry, absent"
  | "unknown"
  | "failed"
  | "failed, absent"
  | "in doubt";

export type Worker =
  | { readonly at: "idle" }
  | {
      readonly at: "looking" | "calling" | "waiting";
      /** False once somebody else has claimed the step. */
      readonly hasFence: boolean;
      /** Its deadline, by its own clock, is not over. */
      readonly isInTime: boolean;
      readonly isRepeat: boolean;
    }
  | {
      readonly at: "ending";
      readonly hasFence: boolean;
      readonly isInTime: boolean;
      readonly ending: Ending;
    };

export type Busy = Exclude<Worker, { at: "idle" }>;

/** A request that changes something: on its way, done but not yet to be seen by a look, or done for all to see. */
export interface Change {
  readonly stage: "travelling" | "hidden" | "shown";
  /** Sent before the settle window that is open now: it lands and shows, or is lost, before that window closes. */
  readonly isCovered: boolean;
  /** The worker that still waits for the answer. */
  readonly by: number | undefined;
}

export interface State {
  readonly step: Extract<
    StepState,
    "ready" | "running" | "unknown" | "parked" | "attention" | "done"
  >;
  readonly isInDoubt: boolean;
  readonly isLeased: boolean;
  /** The time to wait (`not_before`, or for a step in flight its settle window) is over. */
  readonly isDue: boolean;
  readonly workers: readonly [Worker, Worker];
  readonly changes: readonly Change[];
  /** What went wrong so far, each counted up to its bound. */
  readonly badCalls: number;
  readonly pauses: number;
  readonly crashes: number;
}

export interface Move {
  readonly words: string;
  readonly next: State;
  /** Goes wrong: no way out of anything may need it. */
  readonly isMishap?: boolean;
  /** What the ledger is asked to do; the other moves happen outside of it. */
  readonly act?: LedgerAct;
}

export type LedgerAct =
  | { readonly ask: "claim"; readonly by: number }
  | {
      readonly ask: "finish";
      readonly by: number;
      readonly ending: Ending;
      readonly isParked?: boolean;
      readonly isTaken?: boolean;
    }
  | { readonly ask: "refuse" | "retry" | "take over" | "let the lease end" | "let it settle" };

export const start: State = {
  step: "ready",
  isInDoubt: false,
  isLeased: false,
  isDue: true,
  workers: [{ at: "idle" }, { at: "idle" }],
  changes: [],
  badCalls: 0,
  pauses: 0,
  crashes: 0,
};

export function effectsOf(state: State): number {
  return state.changes.filter(({ stage }) => stage !== "travelling").length;
}

export function withWorker(state: State, index: number, worker: Worker): State {
  const [first, second] = state.workers;
  return { ...state, workers: index === 0 ? [worker, second] : [first, worker] };
}

export function nameOf(index: number): string {
  return index === 0 ? "Worker A" : "Worker B";
}

/** The same text for states that differ in nothing: changes have no order. */
export function keyOf(state: State): string {
  const changes = state.changes.map(keyOfChange).sort().join("");
  const flags = `${bit(state.isInDoubt)}${bit(state.isLeased)}${bit(state.isDue)}`;
  const counts = `${state.badCalls}${state.pauses}${state.crashes}`;
  return `${state.step} ${flags} ${state.workers.map(keyOfWorker).join(" ")} ${changes} ${counts}`;
}

function keyOfWorker(worker: Worker): string {
  if (worker.at === "idle") return "-";
  const more = worker.at === "ending" ? worker.ending : bit(worker.isRepeat);
  return `${worker.at}:${bit(worker.hasFence)}${bit(worker.isInTime)}${more}`;
}

function keyOfChange({ stage, isCovered, by }: Change): string {
  return `${stage[0]}${bit(isCovered)}${by ?? "-"}`;
}

function bit(flag: boolean): string {
  return flag ? "1" : "0";
}
