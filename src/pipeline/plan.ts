// What may run now, and when to look again. Pure; times are milliseconds from now by the ledger's clock.

/**
 * - blocked: waits for another step.        - ready: may run when its time has come.
 * - running: claimed under a lease.         - unknown: may have happened; looked at after the settle window.
 * - parked: waits out an outage.            - attention: a person is needed.
 * - done, skipped: final.
 */
export const stepStates = [
  "blocked",
  "ready",
  "running",
  "unknown",
  "parked",
  "attention",
  "done",
  "skipped",
] as const;

export type StepState = (typeof stepStates)[number];

export interface StepStanding {
  readonly name: string;
  readonly needs: readonly string[];
  readonly state: StepState;
  /** For ready, unknown and parked: until it may run. For running: until its lease and settle window are over. */
  readonly dueInMs: number;
  /** Begins nothing until a person releases it; what is in doubt is looked at all the same. */
  readonly isHeld?: boolean | undefined;
  /** Its order was stopped: it is only brought to its end. */
  readonly isStopped?: boolean | undefined;
}

export interface Plan {
  /** May be claimed now. */
  readonly run: readonly string[];
  /** Blocked, although all they need is done: the ledger missed a moment. */
  readonly unblock: readonly string[];
  /** When the next of the others is due; undefined when only a person or another step can move it. */
  readonly lookAgainInMs: number | undefined;
  readonly state: "open" | "attention" | "done";
}

const finished = new Set<StepState>(["done", "skipped"]);
const waits = new Set<StepState>(["ready", "unknown", "parked", "running"]);

export function plan(steps: readonly StepStanding[]): Plan {
  const timed = steps.filter(
    ({ state, isHeld }) =>
      waits.has(state) && !(isHeld && (state === "ready" || state === "parked")),
  );
  const later = timed.filter((step) => step.dueInMs > 0).map((step) => step.dueInMs);
  return {
    run: timed.filter((step) => step.dueInMs <= 0).map((step) => step.name),
    unblock: unblockable(steps),
    lookAgainInMs: later.length > 0 ? Math.min(...later) : undefined,
    state: stateOf(steps),
  };
}

/** Never fewer than before: it tells which of two readings of an order is the later one. */
export function finishedIn(steps: readonly Pick<StepStanding, "state">[]): number {
  return steps.filter(({ state }) => finished.has(state)).length;
}

export function stateOf(steps: readonly Pick<StepStanding, "state">[]): Plan["state"] {
  if (steps.some((step) => step.state === "attention")) return "attention";
  return steps.every((step) => finished.has(step.state)) ? "done" : "open";
}

function unblockable(steps: readonly StepStanding[]): string[] {
  const met = new Set(steps.filter((s) => finished.has(s.state)).map((s) => s.name));
  return steps
    .filter((s) => s.state === "blocked" && s.needs.every((need) => met.has(need)))
    .map((s) => s.name);
}
