// Stripe's integers into our minor units. How many decimals Stripe means is Stripe's affair, not
// ISO 4217's.
// https://docs.stripe.com/currencies
import { ActionError } from "../../connector-kit/action-error.ts";
import { exponentOf, type Money, money } from "../../order/money.ts";
import { providerExponentOf } from "../../order/provider-exponent.ts";

/** `amount` as Stripe writes it, e.g. 500 for 5 ISK. */
export function fromStripe(amount: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  const theirs = providerExponentOf("stripe", currency);
  const ours = exponentOf(currency);
  const minor = BigInt(amount);
  if (theirs <= ours) return money(minor * 10n ** BigInt(ours - theirs), currency);
  const divisor = 10n ** BigInt(theirs - ours);
  if (minor % divisor === 0n) return money(minor / divisor, currency);
  const message = `Stripe sent ${amount} ${currency}, which must be a multiple of ${divisor}.`;
  throw new ActionError("permanent", message, { cause: "order.amounts_differ" });
}
