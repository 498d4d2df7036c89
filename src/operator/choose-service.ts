// A person chooses another service of the carrier, for a parcel that is not booked yet.
import type { Made } from "../ledger/decisions/decide.ts";
import { type AmendedOrder, amendOrder } from "./amend-order.ts";
import type { Desk, OrderWish } from "./desk.ts";

/** Without `service` the carrier's own rules choose again. */
export function chooseService(
  desk: Desk,
  { service, ...wish }: OrderWish & { readonly service: string | undefined },
): Promise<Made<AmendedOrder>> {
  const reason = wish.reason ?? "Another service was chosen.";
  const changes = [{ field: "service", value: service ?? null }];
  return amendOrder(desk, { ...wish, reason, changes, what: "order.choose-service" });
}
