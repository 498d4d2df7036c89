// The customer does not want it any more: nothing new of the order begins, for good. Nothing that was done is undone.
import { z } from "zod";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { lockSteps } from "../ledger/decisions/step-at-hand.ts";
import { loadOrder } from "../ledger/load-order.ts";
import { stopOrder } from "../ledger/stop-order.ts";
import type { Desk, OrderWish } from "./desk.ts";

const cancelled = z.object({
  notDone: z.array(z.string()),
  /** Brought to their end, as nobody can call them back. */
  underWay: z.array(z.string()),
  /** Exist at their providers: each to be undone by a decision of its own, or by hand. */
  stays: z.array(z.string()),
});

export function cancelOrder(desk: Desk, wish: OrderWish): Promise<Made<z.infer<typeof cancelled>>> {
  const { reference } = wish;
  return decide(desk.db, { ...wish, what: "order.cancel" }, cancelled.parse, async (tx) => {
    const order = await loadOrder(tx, reference);
    if (order?.isStopped) throw new DecisionRefused("The order is stopped already.");
    const steps = await lockSteps(tx, reference);
    const isOpen = steps.filter(({ state }) => state !== "done" && state !== "skipped");
    if (isOpen.length === 0) {
      throw new DecisionRefused(
        "Nothing is left to cancel: all of it is done. Book a return label, and credit the invoice.",
      );
    }
    await stopOrder(tx, reference, "order.cancelled");
    const isUnderWay = isOpen.filter(({ state, inDoubt }) => state === "running" || inDoubt);
    const names = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name);
    return {
      before: { state: order?.state },
      after: {
        notDone: names(isOpen.filter((step) => !isUnderWay.includes(step))),
        underWay: names(isUnderWay),
        stays: names(steps.filter(({ state }) => state === "done")),
      },
    };
  });
}
