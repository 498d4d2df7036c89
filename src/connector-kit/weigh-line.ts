// What goods weigh, as the shop knows it.
import type { OrderLine } from "../order/order.ts";
import { ActionError } from "./action-error.ts";

export interface Weighing {
  /** For products whose weight is not known; without it such an order waits for a person. */
  readonly defaultWeightGrams?: number | undefined;
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
