import type { Step } from "./step.ts";

/** "paid" runs by itself; a person asks for the others. */
export type Trigger = "paid" | "credit" | "return" | "invoice-copy" | "question";

/** What happens to an order when something happened to it. One passage through it is a run. */
export interface Pipeline {
  readonly trigger: Trigger;
  readonly steps: readonly Step[];
}

/**
 * Checks the shape once, at start: unique names, and every need stands before the step that needs it. What follows
 * another pipeline may need what that one did.
 */
export function pipeline(trigger: Trigger, steps: readonly Step[], follows?: Pipeline): Pipeline {
  const seen = new Set(follows?.steps.map(({ name }) => name));
  for (const step of steps) {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(step.name)) {
      throw new RangeError(`"${step.name}" is no step name: a-z, 0-9 and hyphens, at most 40.`);
    }
    if (seen.has(step.name)) throw new RangeError(`Two steps are called "${step.name}".`);
    for (const need of step.needs) {
      if (!seen.has(need.name)) {
        throw new RangeError(`"${step.name}" needs "${need.name}", which must stand before it.`);
      }
    }
    seen.add(step.name);
  }
  if (steps.length === 0) throw new RangeError(`The pipeline for "${trigger}" has no steps.`);
  return { trigger, steps };
}

export function findStep(pipelines: readonly Pipeline[], name: string): Step | undefined {
  return pipelines.flatMap(({ steps }) => steps).find((step) => step.name === name);
}
