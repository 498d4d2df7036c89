// What the ledger lets happen to a step, named after its operations.
import type { Rules } from "./rules.ts";
import {
  type Busy,
  type Change,
  type Ending,
  type Move,
  nameOf,
  type State,
  withWorker,
} from "./step-state.ts";

export function ledgerMoves(state: State, rules: Rules): Move[] {
  const moves = [
    ...leaseEnds(state, rules),
    ...takeOver(state, rules),
    ...settleWindowPasses(state),
    ...refuse(state, rules),
    ...retry(state, rules),
  ];
  for (const [index, worker] of state.workers.entries()) {
    if (worker.at === "idle") moves.push(...claim(state, rules, index));
    if (worker.at === "ending") moves.push(...finish(state, rules, index, worker));
  }
  return moves;
}

function mayBeClaimed(state: State, rules: Rules): boolean {
  switch (state.step) {
    case "ready":
    case "parked":
      return true;
    case "unknown":
      return state.isDue;
    case "running":
      if (!rules.leases) return true;
      return rules.takesOver && !state.isLeased && state.isDue;
    default:
      return false;
  }
}

function claim(state: State, rules: Rules, index: number): Move[] {
  if (!mayBeClaimed(state, rules)) return [];
  const wasRunning = state.step === "running";
  const isRepeat = state.isInDoubt || wasRunning;
  const mine = { hasFence: true, isInTime: true };
  const asks = isRepeat && rules.repeat === "ask-operator";
  const looks = isRepeat && rules.repeat === "look-first" && rules.looks;
  const worker: Busy = asks
    ? { at: "ending", ...mine, ending: "in doubt" }
    : { at: looks ? "looking" : "calling", ...mine, isRepeat };
  const claimed = withWorker(withoutFence(state, 1 - index), index, worker);
  const next: State = {
    ...claimed,
    step: "running",
    isInDoubt: isRepeat,
    isLeased: true,
    isDue: false,
  };
  const why = wasRunning ? " that its owner left" : isRepeat ? " in doubt" : "";
  const act = { ask: "claim", by: index } as const;
  return [{ words: `${nameOf(index)} claims the step${why}.`, next, act }];
}

function withoutFence(state: State, index: number): State {
  const other = state.workers[index];
  if (!other || other.at === "idle") return state;
  return withWorker(state, index, { ...other, hasFence: false });
}

function finish(state: State, rules: Rules, index: number, worker: Busy): Move[] {
  if (worker.at !== "ending") return [];
  const who = nameOf(index);
  const left = withWorker(state, index, { at: "idle" });
  const act = { ask: "finish", by: index, ending: worker.ending } as const;
  if (state.step !== "running" || (rules.fencesFinish && !worker.hasFence)) {
    return [{ words: `${who} has lost its claim and writes nothing.`, next: left, act }];
  }
  const recorded = recordEnding(left, rules, worker.ending);
  const moves: Move[] = [{ words: `${who} records: ${worker.ending}.`, next: recorded, act }];
  if (recorded.step === "ready") {
    const next: State = { ...recorded, step: "parked" };
    const words = `${who} records: ${worker.ending}; parked.`;
    moves.push({ words, next, act: { ...act, isParked: true } });
  }
  if (worker.ending === "done" && rules.idsMayBeTaken) {
    const next = recordEnding(left, rules, "in doubt");
    const words = `${who} records: in doubt, the id serves another step.`;
    moves.push({ words, next, act: { ...act, isTaken: true } });
  }
  return moves;
}

function recordEnding(state: State, rules: Rules, ending: Ending): State {
  const ended: State = { ...state, isLeased: false, isDue: true };
  switch (ending) {
    case "done":
      return { ...ended, step: "done", isInDoubt: false };
    case "retry":
      return { ...ended, step: state.isInDoubt ? "unknown" : "ready" };
    case "retry, absent":
      return { ...ended, step: "ready", isInDoubt: false };
    case "unknown":
      return openSettleWindow({ ...ended, step: "unknown", isInDoubt: true }, rules);
    case "failed":
      return { ...ended, step: "attention" };
    case "failed, absent":
      return { ...ended, step: "attention", isInDoubt: false };
    case "in doubt":
      return settled({ ...ended, step: "attention", isInDoubt: true }, rules);
  }
}

/** What a person has in hand waits as well. */
function settled(state: State, rules: Rules): State {
  return rules.takenSettles ? openSettleWindow(state, rules) : state;
}

function openSettleWindow(state: State, rules: Rules): State {
  if (!rules.settles) return { ...state, isDue: true };
  const changes = state.changes.map((change) => ({ ...change, isCovered: true }));
  return { ...state, isDue: false, changes };
}

/** The deadline is over before the lease is: the lease of a worker in time cannot end. */
function leaseEnds(state: State, rules: Rules): Move[] {
  if (state.step !== "running" || !state.isLeased) return [];
  const isHeldInTime = state.workers.some(
    (worker) => worker.at !== "idle" && worker.hasFence && worker.isInTime,
  );
  if (isHeldInTime) return [];
  const next = openSettleWindow({ ...state, isLeased: false }, rules);
  return [{ words: "The lease ends.", next, act: { ask: "let the lease end" } }];
}

/** A restart of the only process ends the leases of the one before. */
function takeOver(state: State, rules: Rules): Move[] {
  if (state.step !== "running" || !state.isLeased) return [];
  if (state.workers.some((worker) => worker.at !== "idle")) return [];
  const next = openSettleWindow({ ...state, isLeased: false }, rules);
  return [{ words: "A restart ends the lease.", next, act: { ask: "take over" } }];
}

function settleWindowPasses(state: State): Move[] {
  if (state.isDue || state.isLeased) return [];
  const isOpen = (change: Change) => change.isCovered && change.stage !== "shown";
  if (state.changes.some(isOpen)) return [];
  const next = { ...state, isDue: true };
  return [{ words: "The settle window passes.", next, act: { ask: "let it settle" } }];
}

/** The input of the step cannot be made, or is not the one that was sent before. */
function refuse(state: State, rules: Rules): Move[] {
  const isLeft = state.step === "running" && rules.takesOver && !state.isLeased && state.isDue;
  if (!isLeft && !["ready", "unknown", "parked"].includes(state.step)) return [];
  const next: State = { ...state, step: "attention", isInDoubt: state.isInDoubt || isLeft };
  const words = "The step cannot begin: its input is not fit.";
  return [{ words, next: unowned(next), isMishap: true, act: { ask: "refuse" } }];
}

/** The open attempt is abandoned: whoever still works on it can record nothing. */
function unowned(state: State): State {
  return withoutFence(withoutFence(state, 0), 1);
}

function retry(state: State, rules: Rules): Move[] {
  if (state.step !== "attention") return [];
  const isForgotten = !state.isInDoubt || !rules.remembersDoubt;
  const isDue = state.isDue || isForgotten || !rules.retryWaits;
  const next: State = isForgotten
    ? { ...state, step: "ready", isInDoubt: false, isDue }
    : { ...state, step: "unknown", isDue };
  return [{ words: "A person retries the step.", next, act: { ask: "retry" } }];
}
