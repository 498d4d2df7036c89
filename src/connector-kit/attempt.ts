// One attempt at an action, and the only place that catches what connectors throw.
import type { Action, Call } from "./action.ts";
import { ActionError } from "./action-error.ts";

export type Outcome<Output> =
  | { readonly kind: "done"; readonly output: Output; readonly via: "response" }
  /** It had happened; `others` are the same change once more each. */
  | Found<Output>
  /** Surely nothing happened: try again later. */
  | { readonly kind: "retry"; readonly error: ActionError }
  /** It may have happened: look after the settle window. */
  | { readonly kind: "unknown"; readonly error: ActionError }
  /** A person can mend it. */
  | { readonly kind: "failed"; readonly error: ActionError }
  /** It may have happened and nobody can look: a person settles it. */
  | { readonly kind: "in-doubt"; readonly error: ActionError };

interface Found<Output> {
  readonly kind: "done";
  readonly output: Output;
  readonly via: "look-up";
  readonly others: readonly Output[];
}

/**
 * Tries `action` once. `isRepeat` says that an earlier attempt ended unknown and that its settle window has passed:
 * then a look comes first. With `looksOnly` nothing is changed, whatever the look says. `doubtMs` ago it was tried first
 * of what is in doubt. Never throws.
 */
export async function attempt<Input, Output>(
  action: Action<Input, Output>,
  input: Input,
  call: Call,
  isRepeat: boolean,
  looksOnly = false,
  doubtMs = 0,
): Promise<Outcome<Output>> {
  if (isRepeat && action.repeat.how === "ask-operator") return inDoubt(action.name);
  if (isRepeat && action.repeat.how === "look-first") {
    let found: readonly Output[];
    try {
      found = (await action.repeat.find(input, call)).map((one) => action.output.parse(one));
    } catch (thrown) {
      // The look changed nothing, but the doubt stays: the next attempt must look again.
      const error = asActionError(thrown);
      return error.verdict === "permanent"
        ? { kind: "in-doubt", error }
        : { kind: "unknown", error };
    }
    const [output, ...others] = found;
    if (output !== undefined) return { kind: "done", output, via: "look-up", others };
    if (doubtMs >= (action.repeat.remembersMs ?? Infinity)) return forgotten(action.name);
  }
  if (looksOnly) return changedMeanwhile(action.name);
  try {
    const output = action.output.parse(await action.run(input, call));
    return { kind: "done", output, via: "response" };
  } catch (thrown) {
    const error = asActionError(thrown);
    if (error.verdict === "transient") return { kind: "retry", error };
    if (error.verdict === "permanent") return { kind: "failed", error };
    return action.repeat.how === "ask-operator"
      ? { kind: "in-doubt", error }
      : { kind: "unknown", error };
  }
}

function changedMeanwhile(name: string): Outcome<never> {
  const message = `${name} was never done, and its data changed since it was tried. Try again to send the new data.`;
  const error = new ActionError("permanent", message, { cause: "input.changed" });
  return { kind: "failed", error };
}

function inDoubt(name: string): Outcome<never> {
  const message = `An earlier ${name} may have succeeded and the provider cannot be asked.`;
  return {
    kind: "in-doubt",
    error: new ActionError("ambiguous", message, { cause: "result.unknown" }),
  };
}

function forgotten(name: string): Outcome<never> {
  const message =
    `An earlier ${name} may have succeeded, so long ago that the provider does not list it any more. ` +
    "Ask the customer or look at the provider; try again to do it once more.";
  const error = new ActionError("ambiguous", message, { cause: "result.unknown" });
  return { kind: "in-doubt", error };
}

/** An error that no connector classified may have come after the change: ambiguous. */
export function asActionError(thrown: unknown): ActionError {
  if (thrown instanceof ActionError) return thrown;
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new ActionError("ambiguous", message, { cause: "unknown" });
}
