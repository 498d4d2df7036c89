// Orders for the tests of VAT: what was charged stands in the builder, everything else is the sample order.
import { anOrder } from "../connector-kit/sample-order.ts";
import { money, sum } from "../order/money.ts";
import type { Address, Order, OrderLine } from "../order/order.ts";

export const eur = (minor: number | bigint) => money(minor, "EUR");

/** One line, VAT inside; `percent` undefined: Stripe gave no rate. */
export function line(gross: number, vat: number, percent?: string, kind?: string): OrderLine {
  return {
    id: `li_${gross}_${vat}`,
    description: "Curtain",
    quantity: 1,
    subtotal: eur(gross),
    discount: eur(0),
    tax: eur(vat),
    total: eur(gross),
    taxes: percent === undefined ? [] : [{ ratePercent: percent, amount: eur(vat) }],
    ...(kind === undefined ? {} : { vatCategory: kind }),
  };
}

export function shipping(gross: number, vat: number, percent?: string): Order["shipping"] {
  const taxes = percent === undefined ? [] : [{ ratePercent: percent, amount: eur(vat) }];
  return { description: "Post", tax: eur(vat), total: eur(gross), taxes };
}

export function orderOf(lines: readonly OrderLine[], more: Partial<Order> = {}): Order {
  const parts = [...lines, ...(more.shipping ? [more.shipping] : [])];
  const of = (field: "total" | "tax") =>
    sum(
      parts.map((one) => one[field]),
      "EUR",
    );
  const [total, tax] = [of("total"), of("tax")];
  return anOrder({ lines, shipping: undefined, discount: eur(0), total, tax, ...more });
}

export function to(order: Order, address: Partial<Address>): Order {
  return { ...order, shipTo: { ...order.shipTo, address: { line1: "Street 1", ...address } } };
}

export const berlin = { country: "DE", postalCode: "10115", city: "Berlin" };
