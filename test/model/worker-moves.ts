// What a worker does between its claim and its outcome, and what can become of it.
import { bounds, type Rules } from "./rules.ts";
import {
  type Busy,
  type Change,
  type Ending,
  type Move,
  nameOf,
  type State,
  withWorker,
} from "./step-state.ts";

export function workerMoves(state: State, rules: Rules): Move[] {
  return state.workers.flatMap((worker, index) => {
    if (worker.at === "idle") return [];
    const isAllowed = worker.isInTime || !rules.hasDeadline;
    const turn: Turn = { state, rules, index, worker, who: nameOf(index), isAllowed };
    return [...dies(turn), ...isPaused(turn), ...(acts[worker.at]?.(turn) ?? [])];
  });
}

interface Turn {
  readonly state: State;
  readonly rules: Rules;
  readonly index: number;
  readonly worker: Busy;
  readonly who: string;
  /** Requests may still leave. */
  readonly isAllowed: boolean;
}

const acts: Partial<Record<Busy["at"], (turn: Turn) => Move[]>> = {
  looking: look,
  calling: send,
  waiting: hear,
};

function dies({ state, index, who }: Turn): Move[] {
  if (state.crashes >= bounds.crashes) return [];
  const next = withWorker(forsaken(state, index), index, { at: "idle" });
  const crashes = state.crashes + 1;
  return [{ words: `${who} is killed.`, next: { ...next, crashes }, isMishap: true }];
}

function isPaused({ state, index, worker, who }: Turn): Move[] {
  if (!worker.isInTime || state.pauses >= bounds.pauses) return [];
  const next = withWorker(state, index, { ...worker, isInTime: false });
  const pauses = state.pauses + 1;
  const words = `${who} is paused past its deadline.`;
  return [{ words, next: { ...next, pauses }, isMishap: true }];
}

function look(turn: Turn): Move[] {
  const { state, index, worker, who, isAllowed } = turn;
  const fails = {
    words: `${who} looks and gets no answer.`,
    next: ended(state, index, worker, "unknown"),
  };
  if (!isAllowed) return [fails];
  const isRefused = {
    words: `${who} looks and is refused for good.`,
    next: ended(state, index, worker, "in doubt"),
  };
  const isThere = state.changes.some(({ stage }) => stage === "shown");
  const answered = isThere
    ? { words: `${who} looks and finds it.`, next: ended(state, index, worker, "done") }
    : {
        words: `${who} looks and finds nothing.`,
        next: withWorker(state, index, { ...worker, at: "calling", isRepeat: true }),
      };
  return [answered, fails, isRefused];
}

function send({ state, rules, index, worker, who, isAllowed }: Turn): Move[] {
  if (worker.at !== "calling") return [];
  if (!isAllowed) {
    const ending = afterLook("retry", worker.isRepeat, rules);
    const next = ended(state, index, worker, ending);
    return [{ words: `${who} sends nothing: its time is used up.`, next }];
  }
  const change: Change = { stage: "travelling", isCovered: false, by: index };
  const waiting = withWorker(state, index, { ...worker, at: "waiting" });
  const next = { ...waiting, changes: [...state.changes, change] };
  return [{ words: `${who} sends the request.`, next }];
}

function hear(turn: Turn): Move[] {
  const { state, rules, index, worker, who, isAllowed } = turn;
  if (worker.at !== "waiting") return [];
  const mine = state.changes.find(({ by }) => by === index);
  const moves: Move[] = [];
  if (isAllowed && isDone(state, rules, mine)) {
    const kept = mine?.stage === "travelling" ? dropped(state, index) : forsaken(state, index);
    moves.push({ words: `${who} hears: done.`, next: ended(kept, index, worker, "done") });
  }
  const badCalls = state.badCalls + 1;
  const mayFail = badCalls <= bounds.badCalls;
  if (isAllowed && mayFail && mine?.stage === "travelling") {
    const unmade = { ...dropped(state, index), badCalls };
    for (const [words, kind] of [
      ["not now", "retry"],
      ["never", "failed"],
    ] as const) {
      const ending = afterLook(kind, worker.isRepeat, rules);
      moves.push({
        words: `${who} hears: ${words}.`,
        next: ended(unmade, index, worker, ending),
      });
    }
  }
  if (mayFail || !worker.isInTime) {
    // A pause was counted as such; an answer that is lost in time is a call that went wrong.
    const lost = {
      ...forsaken(state, index),
      badCalls: worker.isInTime ? badCalls : state.badCalls,
    };
    const ending = rules.repeat === "ask-operator" && worker.isInTime ? "in doubt" : "unknown";
    moves.push({
      words: `${who} hears nothing.`,
      next: ended(lost, index, worker, ending),
    });
  }
  return moves;
}

/** Its own request was carried out, or the provider knows it by its key as one that was. */
function isDone(state: State, rules: Rules, mine: Change | undefined): boolean {
  if (mine?.stage !== "travelling") return mine !== undefined;
  return rules.repeat === "safe" && state.changes.some(({ stage }) => stage === "shown");
}

function afterLook(kind: "retry" | "failed", isRepeat: boolean, rules: Rules): Ending {
  return isRepeat && rules.repeat === "look-first" && rules.looks ? `${kind}, absent` : kind;
}

function ended(state: State, index: number, worker: Busy, ending: Ending): State {
  const { hasFence, isInTime } = worker;
  return withWorker(state, index, { at: "ending", hasFence, isInTime, ending });
}

/** Nobody waits for its answer any more. */
function forsaken(state: State, index: number): State {
  const changes = state.changes.map((change) =>
    change.by === index ? { ...change, by: undefined } : change,
  );
  return { ...state, changes };
}

function dropped(state: State, index: number): State {
  return { ...state, changes: state.changes.filter(({ by }) => by !== index) };
}
