// The charge, part by part: every line, and the shipping once for each rate that it shares.
import { add, type Money, money } from "../order/money.ts";
import type { LineTax, Order, OrderLine } from "../order/order.ts";
import type { Held } from "./hold-reason.ts";
import { rateOf } from "./price-groups.ts";
import type { Sale } from "./sale.ts";

export interface ChargedPart {
  readonly of: number | "shipping";
  readonly ratePercent: string;
  readonly gross: Money;
  /** The VAT that the payment provider names for it; undefined when it named none for such a part. */
  readonly stated: Money | undefined;
  /** The rates that it names together with an amount. */
  readonly statedRates: readonly string[];
  /** VAT was put on top of its price. Of shipping only the sum is told, so it is never known. */
  readonly isOnTop: boolean;
}

/** The decided rate of every part; `territory` undefined: everything is at 0 %. */
export function chargedParts(
  order: Order,
  sale: Sale,
  territory: string | undefined,
): readonly ChargedPart[] | Held {
  const parts: ChargedPart[] = [];
  const shipping = new Map<string, Money>();
  for (const [i, line] of sale.lines.entries()) {
    const rate = rateOf(line, sale.taxPoint, territory);
    if ("kind" in rate) return rate;
    const { ratePercent } = rate;
    const charged = order.lines[i];
    parts.push({
      of: i,
      ratePercent,
      gross: line.goods,
      stated: charged?.tax,
      statedRates: ratesOf(charged?.taxes ?? []),
      isOnTop: charged !== undefined && isOnTop(charged),
    });
    const share = money(line.charged.minor - line.goods.minor, order.currency);
    const before = shipping.get(ratePercent);
    if (before || share.minor !== 0n || sale.lines.length === 1) {
      shipping.set(ratePercent, before ? add(before, share) : share);
    }
  }
  return order.shipping ? [...parts, ...shippingParts(order.shipping, shipping, parts)] : parts;
}

function shippingParts(
  { tax, taxes }: NonNullable<Order["shipping"]>,
  byRate: ReadonlyMap<string, Money>,
  parts: readonly ChargedPart[],
): readonly ChargedPart[] {
  const rates = [...byRate];
  const of = "shipping";
  if (rates.length <= 1) {
    const ratePercent = rates[0]?.[0] ?? parts[0]?.ratePercent ?? "0";
    const gross = rates[0]?.[1] ?? money(0, tax.currency);
    return [{ of, ratePercent, gross, stated: tax, statedRates: ratesOf(taxes), isOnTop: false }];
  }
  return rates.map(([ratePercent, gross]) => {
    const same = taxes.filter((one) => one.ratePercent === ratePercent);
    const stated = same.map(({ amount }) => amount).reduce(add, money(0, tax.currency));
    // What it names at other rates would be lost: then the sum of all differs, and that holds the order.
    return { of, ratePercent, gross, stated, statedRates: ratesOf(same), isOnTop: false };
  });
}

const ratesOf = (taxes: readonly LineTax[]) =>
  taxes.filter(({ amount }) => amount.minor !== 0n).map(({ ratePercent }) => ratePercent);

function isOnTop({ subtotal, discount, tax, total }: OrderLine): boolean {
  return tax.minor !== 0n && subtotal.minor - discount.minor + tax.minor === total.minor;
}
