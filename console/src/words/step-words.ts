// The steps of the pipeline in the shop's words. A step that is not in the dictionary goes by its own name.
import { words } from "../language/words.ts";

interface StepWords {
  readonly name: string;
  readonly done: string;
  readonly trouble: string;
}

/** What is done once more goes by its first name: "confirmation" of "confirmation-2". */
export const firstName = (step: string): string => step.replace(/-\d+$/, "");

function known(step: string): StepWords | undefined {
  const all: Readonly<Record<string, StepWords>> = words().steps;
  return all[firstName(step)];
}

export function stepName(step: string): string {
  const name = known(step)?.name;
  const time = /-(\d+)$/.exec(step)?.[1];
  return name === undefined ? step : time ? `${name} ${time}` : name;
}
export const stepDone = (step: string): string =>
  known(step)?.done ?? words().unknownStep.done(step);
export const stepTrouble = (step: string): string =>
  known(step)?.trouble ?? words().unknownStep.trouble(step);
