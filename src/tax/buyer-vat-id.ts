// Which of the buyer's numbers the VAT hangs on, and whether VIES has to be asked for it.
import type { Order } from "../order/order.ts";
import { countryCode } from "./countries.ts";
import { euStates } from "./special-places.ts";
import { resolvePlace } from "./territory.ts";
import { readVatId } from "./vat-id.ts";
import type { VatSettings } from "./vat-settings.ts";

export interface VatIdQuestion {
  /** As the buyer wrote it; undefined when nothing hangs on a number. */
  readonly vatId?: string | undefined;
  /** How long it may wait counts from here. */
  readonly paidAt: string;
}

/** The number of an EU state that the buyer gave, in whatever form; undefined when there is none. */
export function euVatIdOf(order: Pick<Order, "taxIds">): string | undefined {
  const given = order.taxIds.filter(({ type, value }) => type === "eu_vat" || looksEuropean(value));
  // Of several, one that can be right at all.
  return (given.find(({ value }) => readVatId(value)) ?? given[0])?.value;
}

/** Bare payments say no type: then the prefix tells. */
function looksEuropean(value: string): boolean {
  const prefix = value.trim().slice(0, 2).toUpperCase();
  const state = countryCode(prefix);
  return state === "XI" || (state !== undefined && euStates.has(state) && /\d/.test(value));
}

/** Pure: VIES is asked only where goods go to another state for a number that is not one of home. */
export function vatIdQuestion(order: Order, seller: VatSettings): VatIdQuestion {
  const { paidAt, shipTo } = order;
  const vatId = euVatIdOf(order);
  if (vatId === undefined) return { paidAt };
  const { country, postalCode, city } = shipTo.address ?? {};
  const resolved = resolvePlace({ country, postcode: postalCode, city });
  if (resolved.kind === "held") return { paidAt };
  const { vatState } = resolved.place;
  const home = countryCode(seller.country);
  if (vatState === undefined || vatState === home) return { paidAt };
  return readVatId(vatId)?.state === home ? { paidAt } : { vatId, paidAt };
}
