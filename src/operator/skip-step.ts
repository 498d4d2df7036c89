// A person decides to go without a step. What needs it cannot be done either: that is said first, and agreed to.
import { z } from "zod";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { skipSteps } from "../ledger/decisions/skip-steps.ts";
import {
  lockSteps,
  refuseUnlessFree,
  refuseWhenOver,
  type StepAtHand,
} from "../ledger/decisions/step-at-hand.ts";
import type { Desk, StepWish } from "./desk.ts";

const left = z.object({ skipped: z.array(z.string()) });

export function skipStep(
  desk: Desk,
  { andWhatNeedsIt, ...wish }: StepWish & { readonly andWhatNeedsIt: boolean },
): Promise<Made<z.infer<typeof left>>> {
  const { reference, step: name } = wish;
  const about = { ...wish, what: "step.skip", asked: { andWhatNeedsIt } };
  return decide(desk.db, about, left.parse, async (tx) => {
    const steps = await lockSteps(tx, reference);
    const step = steps.find((one) => one.name === name);
    if (!step) throw new DecisionRefused(`The order has no step "${name}".`);
    refuseWhenOver(step);
    const all = [step, ...dependents(steps, step)];
    for (const one of all) refuseUnlessFree(one);
    const [, ...others] = all.map((one) => one.name);
    if (others.length > 0 && !andWhatNeedsIt) {
      throw new DecisionRefused(
        `Without "${name}" these cannot be done either: ${others.join(", ")}. Say that you want to go without them, too.`,
      );
    }
    const skipped = [name, ...others];
    await skipSteps(tx, reference, skipped);
    return {
      before: all.map(({ name, state, cause }) => ({ name, state, cause })),
      after: { skipped },
    };
  });
}

/** All that is still to be done and needs it, directly or not. */
function dependents(steps: readonly StepAtHand[], { run, name }: StepAtHand): StepAtHand[] {
  const lost = new Set([name]);
  const found: StepAtHand[] = [];
  // Each stands after what it needs.
  for (const step of steps) {
    if (step.run !== run || lost.has(step.name)) continue;
    if (step.state === "done" || step.state === "skipped") continue;
    if (!step.needs.some((need) => lost.has(need))) continue;
    lost.add(step.name);
    found.push(step);
  }
  return found;
}
