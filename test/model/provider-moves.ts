// What the provider does with requests that are on their way, in its own time.
import type { Rules } from "./rules.ts";
import type { Change, Move, State } from "./step-state.ts";

export function providerMoves(state: State, rules: Rules): Move[] {
  return state.changes.flatMap((change, index) => {
    if (change.stage === "travelling")
      return [...carryOut(state, rules, index), ...lose(state, index)];
    return change.stage === "hidden" ? show(state, index) : [];
  });
}

/** A provider that recognises us does so by what its own index shows. */
function carryOut(state: State, rules: Rules, index: number): Move[] {
  const isRecognised =
    rules.repeat === "safe" && state.changes.some(({ stage }) => stage === "shown");
  if (isRecognised) return [];
  const late = state.changes[index]?.by === undefined ? ", late" : "";
  const next = withStage(state, index, "hidden");
  return [{ words: `The provider carries the request out${late}.`, next }];
}

/** One that nobody waits for; a waiting worker hears of it otherwise. */
function lose(state: State, index: number): Move[] {
  if (state.changes[index]?.by !== undefined) return [];
  const changes = state.changes.filter((_, other) => other !== index);
  return [{ words: "The request is lost on its way.", next: { ...state, changes } }];
}

function show(state: State, index: number): Move[] {
  return [{ words: "The provider's look-up catches up.", next: withStage(state, index, "shown") }];
}

function withStage(state: State, index: number, stage: Change["stage"]): State {
  const changes = state.changes.map((change, other) => {
    if (other !== index) return change;
    // What everybody can see needs no settle window.
    return { ...change, stage, isCovered: change.isCovered || stage === "shown" };
  });
  return { ...state, changes };
}
