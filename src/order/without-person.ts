// An order without the person: what bookkeeping and statistics need of it stays, who it was does not.
import type { Order, Party } from "./order.ts";

/** Keeps lines, amounts, countries, payment and language. VAT ids go too: a sole trader's is personal. */
export function withoutPerson(order: Order): Order {
  return {
    ...order,
    buyer: onlyCountry(order.buyer),
    shipTo: onlyCountry(order.shipTo),
    taxIds: [],
    customFields: {},
    metadata: {},
    notes: [],
  };
}

function onlyCountry({ address }: Party): Party {
  return address?.country === undefined ? {} : { address: { country: address.country } };
}
