// Orders for the tests of VAT: what was charged stands in the builder, everything else is the sample order.
import assert from "node:assert/strict";
import { anOrder } from "../connector-kit/sample-order.ts";
import { type Money, money, sum } from "../order/money.ts";
import type { Address, Order, OrderLine } from "../order/order.ts";
import { decideVat } from "./decide-vat.ts";
import type { HoldReason } from "./hold-reason.ts";
import type { VatConsultation } from "./vat-consultation.ts";
import { type VatDecision, vatDecisionSchema } from "./vat-decision.ts";
import type { VatSettings } from "./vat-settings.ts";

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

/** The same figures in other money. */
export function inCurrency(currency: string, order: Order): Order {
  const other = ({ minor }: Money) => money(minor, currency);
  return {
    ...order,
    currency,
    ...{ discount: other(order.discount), tax: other(order.tax), total: other(order.total) },
    lines: order.lines.map((one) => ({
      ...one,
      ...{ subtotal: other(one.subtotal), discount: other(one.discount) },
      ...{ tax: other(one.tax), total: other(one.total), taxes: [] },
    })),
  };
}

export const seller: VatSettings = { country: "FI", vatId: "FI12345671", isInOss: true };

export function decided(order: Order, settings = seller, said?: VatConsultation): VatDecision {
  const result = decideVat(order, settings, "Europe/Helsinki", said);
  assert.equal(result.kind, "decided", result.kind === "held" ? result.why : "");
  if (result.kind !== "decided") throw new Error("unreachable");
  const decision = vatDecisionSchema.parse(result.decision);
  const total = (amounts: readonly Money[]) => sum(amounts, order.currency).minor;
  for (const parts of [decision.lines, decision.groups, [decision.total]]) {
    for (const field of ["net", "vat", "gross"] as const) {
      const all = total(parts.map((part) => part[field]));
      assert.equal(all, decision.total[field].minor, `${field} to the cent`);
    }
  }
  assert.equal(decision.total.gross.minor, order.total.minor);
  return decision;
}

export function whyHeld(
  order: Order,
  reason: HoldReason,
  settings = seller,
  said?: VatConsultation,
) {
  const result = decideVat(order, settings, "Europe/Helsinki", said);
  assert.equal(result.kind, "held", result.kind === "decided" ? result.decision.explanation : "");
  if (result.kind !== "held") throw new Error("unreachable");
  assert.equal(result.reason, reason);
  return result.why;
}

export const vatOf = (decision: VatDecision) => decision.lines.map((one) => Number(one.vat.minor));
export const untaxed = (more: Partial<Order> = {}) =>
  orderOf([line(10_000, 0)], { taxSource: "none", ...more });
