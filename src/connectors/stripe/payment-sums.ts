// The arithmetic of a made-up payment, as Stripe Tax does it: VAT by line, half a unit rounds up,
// sums add up.
import { divideRounded } from "../../order/money.ts";

export interface Priced {
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
}

export interface Pricing {
  /** 25.5 */
  readonly vatPercent: number;
  readonly vatInclusive: boolean;
  readonly discountPercent: number;
}

export function priced(subtotal: number, pricing: Pricing): Priced {
  const discount = percentOf(subtotal, pricing.discountPercent, 100);
  const charged = subtotal - discount;
  const { vatPercent } = pricing;
  if (pricing.vatInclusive) {
    const tax = percentOf(charged, vatPercent, 100 + vatPercent);
    return { subtotal, discount, tax, total: charged };
  }
  const tax = percentOf(charged, vatPercent, 100);
  return { subtotal, discount, tax, total: charged + tax };
}

/** amount × part / whole, in integers: percentages have at most four decimals. */
function percentOf(amount: number, part: number, whole: number): number {
  const scaled = (percent: number) => BigInt(Math.round(percent * 10_000));
  return Number(divideRounded(BigInt(amount) * scaled(part), scaled(whole)));
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
