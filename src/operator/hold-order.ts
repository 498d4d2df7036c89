// A person holds an order: nothing new of it begins, until somebody releases it.
import { z } from "zod";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { holdOf, markHeld } from "../ledger/decisions/hold-order.ts";
import { lockSteps } from "../ledger/decisions/step-at-hand.ts";
import type { Desk, OrderWish } from "./desk.ts";

const held = z.object({
  isHeld: z.boolean(),
  /** At work, or in doubt: they are brought to their end. */
  underWay: z.array(z.string()),
});

export function holdOrder(desk: Desk, wish: OrderWish): Promise<Made<z.infer<typeof held>>> {
  const { reference, reason } = wish;
  return decide(desk.db, { ...wish, what: "order.hold" }, held.parse, async (tx) => {
    const hold = await holdOf(tx, reference);
    if (hold) throw new DecisionRefused(`The order is held already: ${hold.because}`);
    const steps = await lockSteps(tx, reference);
    if (steps.every(({ state }) => state === "done" || state === "skipped")) {
      throw new DecisionRefused("Nothing is left to hold: all of it is done.");
    }
    await markHeld(tx, reference, reason ?? "");
    const underWay = steps
      .filter(({ state, inDoubt }) => state === "running" || inDoubt)
      .map(({ name }) => name);
    return { before: { isHeld: false }, after: { isHeld: true, underWay } };
  });
}

export function releaseOrder(desk: Desk, wish: OrderWish): Promise<Made<z.infer<typeof held>>> {
  const { reference } = wish;
  return decide(desk.db, { ...wish, what: "order.release" }, held.parse, async (tx) => {
    const hold = await holdOf(tx, reference);
    if (!hold) throw new DecisionRefused("The order is not held.");
    await lockSteps(tx, reference);
    await markHeld(tx, reference, undefined);
    return { before: { isHeld: true, ...hold }, after: { isHeld: false, underWay: [] } };
  });
}
