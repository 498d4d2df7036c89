// The steps of the pipeline in the shop's words. A step that is not in the dictionary goes by its own name.
import { words } from "../language/words.ts";

interface StepWords {
  readonly name: string;
  readonly done: string;
  readonly trouble: string;
}

function known(step: string): StepWords | undefined {
  const all: Readonly<Record<string, StepWords>> = words().steps;
  return all[step];
}

export const stepName = (step: string): string => known(step)?.name ?? step;
export const stepDone = (step: string): string =>
  known(step)?.done ?? words().unknownStep.done(step);
export const stepTrouble = (step: string): string =>
  known(step)?.trouble ?? words().unknownStep.trouble(step);
