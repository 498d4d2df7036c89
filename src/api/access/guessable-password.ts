// Whether a password stands in the lists that guessers begin with, or is a pattern that they try next.
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";

/** Of 0 to 4. 3: some ten thousand million guesses. */
const leastScore = 3;

let judge: ZxcvbnFactory | undefined;

/** `known`: what guessers know of the person. */
export function whyGuessable(
  password: string,
  known: readonly (string | null | undefined)[],
): string | undefined {
  // The lists take a while to read, and most who start Ordna choose no password.
  judge ??= new ZxcvbnFactory({
    dictionary: common.dictionary,
    graphs: common.adjacencyGraphs,
  });
  const inputs = ["ordna", ...known.flatMap((one) => one?.split(/[^\p{L}\p{N}]+/u) ?? [])];
  // Longer ones cost much to judge, and are not in any list.
  const { score } = judge.check(password.slice(0, 100), inputs);
  if (score >= leastScore) return undefined;
  return "It is among those that are guessed first, or a pattern of them. Take a few words that do not belong together.";
}
