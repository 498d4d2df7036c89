// A person says: try again. What may have happened is looked for first, by hand too.
import { z } from "zod";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import {
  lockSteps,
  refuseWhenOver,
  refuseWhileRunning,
  type StepAtHand,
} from "../ledger/decisions/step-at-hand.ts";
import { retryStep } from "../ledger/retry-step.ts";
import type { Desk, OrderWish } from "./desk.ts";

const outcome = z.object({ retried: z.array(z.string()) });

/** One step, or without `step` every one that waits for a person or for an outage. */
export async function retryByHand(
  desk: Desk,
  wish: OrderWish & { readonly step?: string | undefined },
): Promise<Made<z.infer<typeof outcome>>> {
  const { reference, step } = wish;
  const about = { ...wish, what: "step.retry" };
  const made = await decide(desk.db, about, outcome.parse, async (tx) => {
    const steps = await lockSteps(tx, reference);
    if (step !== undefined) refuseUseless(steps, step);
    const waiting = steps.filter((one) => (step === undefined ? waits(one) : one.name === step));
    const retried: string[] = [];
    for (const { name } of waiting) {
      if (await retryStep(tx, reference, name)) retried.push(name);
    }
    if (retried.length === 0) throw new DecisionRefused("Nothing waits to be tried again.");
    return {
      before: waiting.map(({ name, state, cause }) => ({ name, state, cause })),
      after: { retried },
    };
  });
  // Whoever says it may know that an outage is over, or have mended a key.
  if (!made.isRepeat) await desk.ledger.gates.probeSoon();
  return made;
}

const waits = ({ state, cause }: StepAtHand) =>
  state === "attention" || state === "parked" || (state === "ready" && cause !== undefined);

function refuseUseless(steps: readonly StepAtHand[], name: string): void {
  const step = steps.find((one) => one.name === name);
  if (!step) throw new DecisionRefused(`The order has no step "${name}".`);
  refuseWhileRunning(step);
  refuseWhenOver(step);
  if (step.state === "blocked") {
    throw new DecisionRefused(`"${name}" waits for ${step.needs.join(", ")}: look there.`);
  }
  if (step.state === "unknown") {
    const seconds = Math.max(1, Math.ceil(step.freeInMs / 1000));
    throw new DecisionRefused(
      `"${name}" may have happened: Ordna looks at ${step.provider} itself in ${seconds} seconds.`,
    );
  }
}
