// Visits every state that one step can get into, and keeps the shortest way to each flaw.
import { movesFrom } from "./moves-from.ts";
import type { Flaw, Rules } from "./rules.ts";
import { effectsOf, keyOf, type Move, type State, start } from "./step-state.ts";

export interface Verdict {
  readonly states: number;
  readonly transitions: number;
  /** How many states have each flaw, and the moves that lead to the nearest of them. */
  readonly flaws: ReadonlyMap<Flaw, { readonly count: number; readonly moves: readonly string[] }>;
}

/** With `stopAt`, no further than the first state that has this flaw. */
export function checkStep(rules: Rules, stopAt?: Flaw): Verdict {
  const search = new Search();
  const flaws = new Map<Flaw, { count: number; moves: readonly string[] }>();
  const note = (flaw: Flaw, index: number) => {
    const known = flaws.get(flaw);
    if (known) known.count += 1;
    else flaws.set(flaw, { count: 1, moves: search.wayTo(index) });
  };
  search.visit({ words: "", next: start }, -1);
  for (let index = 0; index < search.states.length; index++) {
    const state = search.stateAt(index);
    for (const flaw of flawsOf(state)) note(flaw, index);
    if (stopAt !== undefined && flaws.has(stopAt)) break;
    // A second effect cannot be undone: nothing after it matters.
    if (effectsOf(state) > 1) continue;
    for (const move of movesFrom(state, rules)) search.visit(move, index);
  }
  if (stopAt === undefined || (stopAt === "dead end" && !flaws.has(stopAt))) {
    for (const index of search.stranded((state) => isSettled(state, rules)))
      note("dead end", index);
  }
  return { states: search.states.length, transitions: search.transitions, flaws };
}

function flawsOf(state: State): Flaw[] {
  const { step, isInDoubt, changes } = state;
  const flaws: Flaw[] = [];
  const effects = effectsOf(state);
  if (effects > 1) flaws.push("two effects");
  // Whatever the flag says: what was sent and not resolved is a doubt.
  if ((step === "ready" || step === "parked") && (isInDoubt || changes.length > 0))
    flaws.push("ready in doubt");
  if (step === "done" && (effects === 0 || isInDoubt)) flaws.push("done without effect");
  return flaws;
}

/** Where nobody can look, a person is the end of the road. */
function isSettled({ step }: State, rules: Rules): boolean {
  return step === "done" || (rules.repeat === "ask-operator" && step === "attention");
}

class Search {
  readonly states: State[] = [];
  readonly #known = new Map<string, number>();
  /** For each state, the one it was first reached from, and how. */
  readonly #from: number[] = [];
  readonly #words: string[] = [];
  /** For each state, those from which it can be reached without another mishap. */
  readonly #before: number[][] = [];
  transitions = 0;

  visit({ words, next, isMishap }: Move, from: number): void {
    const key = keyOf(next);
    const known = this.#known.get(key);
    const to = known ?? this.states.length;
    if (known === undefined) {
      this.#known.set(key, to);
      this.states.push(next);
      this.#from.push(from);
      this.#words.push(words);
      this.#before.push([]);
    }
    if (from < 0) return;
    this.transitions += 1;
    if (!isMishap) this.#before[to]?.push(from);
  }

  stateAt(index: number): State {
    const state = this.states[index];
    if (!state) throw new RangeError(`There is no state ${index}.`);
    return state;
  }

  wayTo(index: number): string[] {
    const moves: string[] = [];
    for (let at = index; at > 0; at = this.#from[at] ?? 0) moves.unshift(this.#words[at] ?? "");
    return moves;
  }

  /** The states from which nothing that goes well leads to an end; nearest first. */
  stranded(isEnd: (state: State) => boolean): number[] {
    const isSaved = this.states.map((state) => isEnd(state) || effectsOf(state) > 1);
    const saved = isSaved.flatMap((is, index) => (is ? [index] : []));
    for (let next = saved.pop(); next !== undefined; next = saved.pop()) {
      for (const index of this.#before[next] ?? []) {
        if (isSaved[index]) continue;
        isSaved[index] = true;
        saved.push(index);
      }
    }
    return isSaved.flatMap((is, index) => (is ? [] : [index]));
  }
}
