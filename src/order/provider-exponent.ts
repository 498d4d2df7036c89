// How many decimals a payment provider means by its integers. It is the provider's affair, not ISO 4217's.
import { exponentOf } from "./money.ts";

// https://docs.stripe.com/currencies. UGX stands in Stripe's zero-decimal list too, but is sent times 100, as ISK is:
// the special case wins. HUF and TWD have no decimals in payouts only.
const stripe: Readonly<Record<string, number>> = {
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

/** `currency` in upper case; "paper" is what documents show. */
export function providerExponentOf(provider: "stripe" | "paper", currency: string): number {
  return provider === "stripe" ? (stripe[currency] ?? 2) : exponentOf(currency);
}
