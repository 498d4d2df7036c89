// A person did at the provider what Ordna could not, and says under which number it is there.
import { z } from "zod";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { settleAsDone } from "../ledger/decisions/settle-by-hand.ts";
import { lockStep, refuseUnlessFree, refuseWhenOver } from "../ledger/decisions/step-at-hand.ts";
import type { Desk, StepWish } from "./desk.ts";
import { entered } from "./settle-doubt.ts";

const doneByHand = z.object({ step: z.string(), id: z.string() });

export function doByHand(
  desk: Desk,
  { output, ...wish }: StepWish & { readonly output: Readonly<Record<string, string>> },
): Promise<Made<z.infer<typeof doneByHand>>> {
  const { reference, step: name, actor } = wish;
  const about = { ...wish, what: "step.by-hand", asked: output };
  return decide(desk.db, about, doneByHand.parse, async (tx) => {
    const step = await lockStep(tx, reference, name);
    refuseWhenOver(step);
    refuseUnlessFree(step);
    if (step.state === "blocked") {
      throw new DecisionRefused(
        `"${name}" follows from ${step.needs.join(", ")}: those must be done first.`,
      );
    }
    const made = await entered(desk, tx, reference, name, output);
    await settleAsDone(tx, reference, step, actor.name, made);
    return {
      before: { state: step.state, cause: step.cause, message: step.message },
      after: { step: name, id: made.record.id },
    };
  });
}
