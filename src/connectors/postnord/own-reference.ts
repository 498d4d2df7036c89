// What we write on a booking, to find it again. The way back has a mark of its own: whoever looks for
// one of the two must never be given the other.
import type { Order } from "../../order/order.ts";

export type Way = "out" | "back";

/** At most 22 characters; PostNord takes 35. */
export function markOf({ reference }: Pick<Order, "reference">, way: Way): string {
  return way === "out" ? reference : `${reference}-R`;
}
