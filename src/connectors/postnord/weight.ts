// What the goods weigh. PostNord adds nothing up: totals are the sender's duty.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Order, OrderLine } from "../../order/order.ts";

interface Weighing {
  readonly defaultWeightGrams?: number | undefined;
}

export const kilograms = (grams: number) => ({ value: grams / 1000, unit: "KGM" });

export function totalGrams(order: Order, settings: Weighing): number {
  const grams = order.lines.reduce((sum, line) => sum + lineGrams(line, settings), 0);
  if (grams > 0) return grams;
  throw new ActionError("permanent", "The order holds nothing that weighs anything.", {
    cause: "weight.missing",
    field: "lines",
  });
}

/** What the pieces of one line weigh together. */
export function lineGrams(line: OrderLine, settings: Weighing): number {
  const each = line.weightGrams ?? settings.defaultWeightGrams;
  if (each !== undefined) return each * line.quantity;
  throw new ActionError(
    "permanent",
    `The weight of "${line.description.slice(0, 50)}" is not known: add it, or defaultWeightGrams.`,
    { cause: "weight.missing", field: `lines.${line.id}.weightGrams` },
  );
}
