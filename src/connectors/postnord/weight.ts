// What the goods weigh. PostNord adds nothing up: totals are the sender's duty.
import { ActionError } from "../../connector-kit/action-error.ts";
import { lineGrams, type Weighing } from "../../connector-kit/weigh-line.ts";
import type { Order } from "../../order/order.ts";

export const kilograms = (grams: number) => ({ value: grams / 1000, unit: "KGM" });

export function totalGrams(order: Order, settings: Weighing): number {
  const grams = order.lines.reduce((sum, line) => sum + lineGrams(line, settings), 0);
  if (grams > 0) return grams;
  throw new ActionError("permanent", "The order holds nothing that weighs anything.", {
    cause: "weight.missing",
    field: "lines",
  });
}
