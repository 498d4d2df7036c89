// Stripe's integers into our minor units. How many decimals Stripe means is Stripe's affair, not
// ISO 4217's.
// https://docs.stripe.com/currencies
import { ActionError } from "../../connector-kit/action-error.ts";
import { exponentOf, type Money, money } from "../../order/money.ts";

// UGX stands in Stripe's zero-decimal list too, but is sent times 100, as ISK is: the special case
// wins. HUF and TWD have no decimals in payouts only.
const stripeExponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  MGA: 0,
  PYG: 0,
  RWF: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  JOD: 3,
  KWD: 3,
  OMR: 3,
  TND: 3,
};

/** How many decimals Stripe's integers carry in `currency` (upper case). */
export function stripeExponentOf(currency: string): number {
  return stripeExponents[currency] ?? 2;
}

/** `amount` as Stripe writes it, e.g. 500 for 5 ISK. */
export function fromStripe(amount: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  const theirs = stripeExponentOf(currency);
  const ours = exponentOf(currency);
  const minor = BigInt(amount);
  if (theirs <= ours) return money(minor * 10n ** BigInt(ours - theirs), currency);
  const divisor = 10n ** BigInt(theirs - ours);
  if (minor % divisor === 0n) return money(minor / divisor, currency);
  const message = `Stripe sent ${amount} ${currency}, which must be a multiple of ${divisor}.`;
  throw new ActionError("permanent", message, { cause: "order.amounts_differ" });
}
