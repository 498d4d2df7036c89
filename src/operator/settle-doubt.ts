// A person looked at the provider, where Ordna cannot: it is there, with this number, or it is not there.
import { z } from "zod";
import type { Queryable } from "../ledger/database/database.ts";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { settleAsAbsent, settleAsDone } from "../ledger/decisions/settle-by-hand.ts";
import {
  lockStep,
  refuseWhenOver,
  refuseWhileRunning,
  type StepAtHand,
} from "../ledger/decisions/step-at-hand.ts";
import { loadOrder } from "../ledger/load-order.ts";
import { type Desk, orderAt, type StepWish } from "./desk.ts";
import { type Entered, enteredOutput } from "./step-output.ts";

export type Sighting =
  | {
      readonly isThere: true;
      /** As the provider shows it: { invoiceId, invoiceNumber }, or just { id } where one is all it takes. */
      readonly output: Readonly<Record<string, string>>;
    }
  | { readonly isThere: false };

const settled = z.object({
  step: z.string(),
  state: z.enum(["done", "ready"]),
  id: z.string().optional(),
});

export function settleDoubt(
  desk: Desk,
  { sighting, ...wish }: StepWish & { readonly sighting: Sighting },
): Promise<Made<z.infer<typeof settled>>> {
  const { reference, step: name, actor } = wish;
  const about = { ...wish, what: "step.settle", asked: sighting };
  return decide(desk.db, about, settled.parse, async (tx) => {
    const step = await lockStep(tx, reference, name);
    refuseWhileRunning(step);
    refuseWhenOver(step);
    if (!step.inDoubt) {
      throw new DecisionRefused(
        `"${name}" is not in doubt. If you did it yourself, say "done by hand".`,
      );
    }
    const before = { state: step.state, cause: step.cause, message: step.message };
    if (sighting.isThere) {
      const made = await entered(desk, tx, reference, name, sighting.output);
      await settleAsDone(tx, reference, step, actor.name, made);
      return { before, after: { step: name, state: "done", id: made.record.id } };
    }
    refuseTooSoon(step);
    await settleAsAbsent(tx, step, actor.name);
    return { before, after: { step: name, state: "ready" } };
  });
}

/** The step's output by the order as it stands in this transaction. */
export async function entered(
  desk: Desk,
  tx: Queryable,
  reference: string,
  name: string,
  output: Readonly<Record<string, string>>,
): Promise<Entered> {
  const order = (await loadOrder(tx, reference)) ?? (await orderAt(desk, reference));
  const record = order.steps.find((one) => one.name === name);
  if (!record) throw new DecisionRefused(`The order has no step "${name}".`);
  return enteredOutput(desk, order, record, output);
}

/** What was sent may still take effect, or be shown later than it happened. */
function refuseTooSoon({ name, provider, freeInMs }: StepAtHand): void {
  if (freeInMs <= 0) return;
  const seconds = Math.ceil(freeInMs / 1000);
  throw new DecisionRefused(
    `"${name}" may still appear at ${provider}. Look there once more in ${seconds} seconds, and say it then.`,
  );
}
