// How steps stand as far as a step that writes it down can know: what it needs is done, the rest is still to come.
import type { StepNote } from "../connector-kit/roles.ts";

/** `done`: the steps that are, each with what came of it; a word of its own, or "". */
export function stepNotes(
  steps: readonly string[],
  done: Readonly<Record<string, string>>,
): readonly StepNote[] {
  return steps.map((step) => {
    const result = done[step];
    return { step, note: result === undefined ? "waiting" : result ? `done, ${result}` : "done" };
  });
}
