// Whether a parcel can reach the customer, before anything is bought: the judge of `ordna address`, for an order.
import type { AddressProblem, Service } from "../address/address-codes.ts";
import { isEmail } from "../address/email.ts";
import { type AddressWish, judgeAddress } from "../address/judge-address.ts";
import { orderAddress, orderFields } from "../address/order-address.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import type { CauseCode } from "../connector-kit/cause.ts";
import type { Order } from "../order/order.ts";

export interface DeliveryWish {
  /** How parcels travel. A courier and a service point need the customer's number. Default: "home". */
  readonly service?: Service;
  /** ISO 3166 alpha-2 codes. Absent: the carrier's own rules say where parcels go. */
  readonly countries?: readonly string[];
}

/** Throws for the first thing that keeps the parcel from its receiver; its message tells all of them. */
export function refuseUnreachable(order: Order, delivery?: DeliveryWish): void {
  const { problems } = judgeAddress(orderAddress(order), wishOf(delivery));
  const held = problems.filter(({ holds }) => holds);
  const [first] = held;
  if (first) {
    const message = held.map(sentenceOf).join(" ");
    throw new ActionError("permanent", message, {
      cause: causeOf(first),
      field: orderFields[first.field],
    });
  }
  if (!isEmail(order.buyer.email)) {
    throw new ActionError("permanent", "The customer's e-mail address is missing or not valid.", {
      cause: "address.email_invalid",
      field: "buyer.email",
    });
  }
}

/** Nobody applies a suggestion unasked; the person who mends the order reads it. */
function sentenceOf({ why, suggestion }: AddressProblem): string {
  const offered = Object.values(suggestion ?? {}).filter((text) => text !== "");
  return offered.length > 0 ? `${why} Perhaps "${offered.join(", ")}" is meant.` : why;
}

function causeOf({ code }: AddressProblem): CauseCode {
  const name: Lowercase<typeof code> = lowerCase(code);
  return `address.${name}`;
}

// toLowerCase forgets what the letters were.
const lowerCase = <Text extends string>(text: Text) => text.toLowerCase() as Lowercase<Text>;

function wishOf({ service = "home", countries }: DeliveryWish = {}): AddressWish {
  return { service, served: countries && new Set(countries) };
}

/** How each store's parcels travel, for whoever else judges an address. */
export function deliveryOf(
  stores: readonly {
    readonly name: string;
    readonly config: { readonly seller: DeliverySeller };
  }[],
): (store: string) => AddressWish {
  const wishes = new Map(stores.map(({ name, config }) => [name, wishOf(config.seller.delivery)]));
  return (store) => wishes.get(store) ?? wishOf();
}

interface DeliverySeller {
  readonly delivery?: DeliveryWish;
}
