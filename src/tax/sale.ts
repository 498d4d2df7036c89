// A sale of goods, with everything that VAT depends on and nothing else.
import { allocate, type Money, money, sum } from "../order/money.ts";
import type { GoodsCategory } from "./rate-on.ts";
import type { Destination } from "./territory.ts";

export interface SaleSeller {
  /** Where it is established. */
  readonly country: string;
  /** Where the goods leave from. */
  readonly dispatch: Destination;
  readonly isInOss: boolean;
  readonly hasAlandNumber: boolean;
  readonly hasVoecNumber: boolean;
  readonly hasUkVatNumber: boolean;
  readonly hasSwissVatNumber: boolean;
  /** Undefined: nobody said, so the threshold cannot be used. */
  readonly distanceSales?: DistanceSales | undefined;
}

/** For the threshold of EUR 10 000 a year, in EUR without VAT, over all other EU states together. */
export interface DistanceSales {
  readonly previousYear: Money;
  readonly thisYearBefore: Money;
  readonly establishedOnlyIn: string | null;
  readonly hasOptedForDestination: boolean;
}

/** What VIES said: anything that is neither yes nor no is unknown. */
export type VatIdCheck = "not-given" | "valid" | "invalid" | "unknown";

export interface SaleLine {
  readonly category: GoodsCategory;
  readonly quantity: number;
  /** After its share of the discount. */
  readonly goods: Money;
  /** With its share of the shipping as well. */
  readonly charged: Money;
}

export interface Sale {
  /** The day of the payment, in the seller's time zone: YYYY-MM-DD. */
  readonly taxPoint: string;
  readonly seller: SaleSeller;
  readonly buyer: {
    readonly isBusiness: boolean;
    readonly to: Destination;
    readonly vatId: string | null;
    readonly vatIdCheck: VatIdCheck;
  };
  readonly currency: string;
  /** True when VAT comes on top of the amounts. */
  readonly isNetPriced: boolean;
  readonly lines: readonly SaleLine[];
}

/**
 * Shares discount and shipping out among the lines by their value, largest remainder: both follow the goods they
 * belong to. Undefined when it cannot be told what they belong to.
 */
export function apportioned(
  lines: readonly (Pick<SaleLine, "category" | "quantity"> & { readonly value: Money })[],
  discount: Money,
  shipping: Money,
): readonly SaleLine[] | undefined {
  const weights = lines.map((line) => line.value.minor);
  const isWorthless = weights.every((weight) => weight === 0n);
  if (isWorthless && discount.minor !== 0n) return undefined;
  const isOneKind = new Set(lines.map((line) => line.category)).size === 1;
  if (isWorthless && shipping.minor !== 0n && !isOneKind) return undefined;
  const by = isWorthless ? weights.map(() => 1n) : weights;
  const discounts = allocate(discount, by);
  const shippings = allocate(shipping, by);
  return lines.map(({ category, quantity, value }, i) => {
    const { currency } = value;
    const goods = money(value.minor - (discounts[i]?.minor ?? 0n), currency);
    return { category, quantity, goods, charged: sum([goods, shippings[i] ?? goods], currency) };
  });
}
