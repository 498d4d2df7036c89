// What a sale costs, per rate and exact to the cent.
import { add, type Money, money, subtract, sum } from "../order/money.ts";
import { type Held, held } from "./hold-reason.ts";
import { rateOn } from "./rate-on.ts";
import type { Sale, SaleLine } from "./sale.ts";
import { exclusiveVat, inclusiveVat } from "./vat-amount.ts";

export interface PricedGroup {
  readonly ratePercent: string;
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

export interface Priced {
  readonly kind: "priced";
  readonly groups: readonly PricedGroup[];
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
  /** A rate was used whose list of goods was not checked. */
  readonly needsReview: boolean;
}

type Part = "goods" | "charged";

/**
 * The groups at the rates of `territory`; without one, everything is at 0 % and the price stays as it is. VAT is
 * rounded once a group, as EN 16931 has it, not once a line.
 */
export function priceGroups(
  sale: Pick<Sale, "lines" | "currency" | "taxPoint" | "isNetPriced">,
  territory: string | undefined,
  part: Part = "charged",
): Priced | Held {
  const byRate = new Map<string, Money>();
  let needsReview = false;
  for (const line of sale.lines) {
    const rate = rateOf(line, sale.taxPoint, territory);
    if ("kind" in rate) return rate;
    needsReview ||= rate.needsReview;
    const before = byRate.get(rate.ratePercent) ?? money(0, sale.currency);
    byRate.set(rate.ratePercent, add(before, line[part]));
  }
  const groups = [...byRate].map(([ratePercent, amount]) =>
    groupOf(ratePercent, amount, sale.isNetPriced),
  );
  const total = (of: "net" | "vat" | "gross") =>
    sum(
      groups.map((group) => group[of]),
      sale.currency,
    );
  const totals = { net: total("net"), vat: total("vat"), gross: total("gross") };
  return { kind: "priced", groups, ...totals, needsReview };
}

export function rateOf(
  line: Pick<SaleLine, "category">,
  taxPoint: string,
  territory: string | undefined,
) {
  if (territory === undefined) return { ratePercent: "0", needsReview: false };
  const rate = rateOn(taxPoint, territory, line.category);
  if (rate) return rate;
  return held(
    "OUT_OF_SCOPE",
    `No rate is known for ${line.category} in ${territory} on ${taxPoint}.`,
  );
}

function groupOf(ratePercent: string, amount: Money, isNet: boolean): PricedGroup {
  const vat = isNet ? exclusiveVat(amount, ratePercent) : inclusiveVat(amount, ratePercent);
  return isNet
    ? { ratePercent, net: amount, vat, gross: add(amount, vat) }
    : { ratePercent, net: subtract(amount, vat), vat, gross: amount };
}
