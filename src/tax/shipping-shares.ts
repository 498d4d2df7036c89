import { allocate, type Money, money } from "../order/money.ts";
import { type Held, held } from "./hold-reason.ts";
import type { SaleLine } from "./sale.ts";

type Goods = Pick<SaleLine, "category" | "goods">;

/** What each line bears of the shipping: it shares the rate of the goods, by what was paid for them. */
export function shippingShares(lines: readonly Goods[], shipping: Money): readonly Money[] | Held {
  const weights = lines.map(({ goods }) => goods.minor);
  const isOneKind = new Set(lines.map(({ category }) => category)).size <= 1;
  const canShare = weights.every((weight) => weight >= 0n) && weights.some((weight) => weight > 0n);
  if (canShare) return allocate(shipping, weights);
  if (shipping.minor === 0n || isOneKind) {
    return lines.map((_, i) => money(i === 0 ? shipping.minor : 0n, shipping.currency));
  }
  return held(
    "OUT_OF_SCOPE",
    "Shipping cannot be shared out among goods of different kinds of which some cost nothing or less.",
  );
}
