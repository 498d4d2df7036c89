// What others say the sale comes to. One cent of difference holds it.
import { z } from "zod";
import { exponentOf, fromDecimal, type Money, money, toDecimal } from "../order/money.ts";
import { providerExponentOf } from "../order/provider-exponent.ts";
import { type Held, held } from "./hold-reason.ts";

const minor = z.number().int().nullish();
const decimal = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,10})?$/)
  .nullish();

export const statedAmountsSchema = z.object({
  stripe_amount_minor: minor,
  stripe_tax_minor: minor,
  accounting_gross_total: decimal,
  accounting_vat_total: decimal,
});
type Stated = Readonly<z.infer<typeof statedAmountsSchema>>;

interface Totals {
  readonly gross: Money;
  readonly vat: Money;
}

export function amountsDiffer(stated: Stated, { gross, vat }: Totals): Held | undefined {
  const { currency } = gross;
  const accounting = (text: string | null | undefined) =>
    text == null ? undefined : fromDecimal(text, currency);
  return (
    differs("Stripe charged", stripe(stated.stripe_amount_minor, currency), gross) ??
    differs("Stripe's VAT is", stripe(stated.stripe_tax_minor, currency), vat) ??
    differs("Accounting has", accounting(stated.accounting_gross_total), gross) ??
    differs("Accounting has VAT of", accounting(stated.accounting_vat_total), vat)
  );
}

/** Undefined when nothing was stated; null when Stripe's integer is no amount of the currency. */
function stripe(amount: number | null | undefined, currency: string): Money | undefined | null {
  if (amount == null) return undefined;
  const difference = exponentOf(currency) - providerExponentOf("stripe", currency);
  if (difference >= 0) return money(BigInt(amount) * 10n ** BigInt(difference), currency);
  const divisor = 10n ** BigInt(-difference);
  return BigInt(amount) % divisor === 0n ? money(BigInt(amount) / divisor, currency) : null;
}

function differs(who: string, said: Money | undefined | null, ours: Money): Held | undefined {
  if (said === undefined || said?.minor === ours.minor) return undefined;
  const [theirs, own] = [said, ours].map((one) => (one ? toDecimal(one) : "no such amount"));
  return held("AMOUNT_MISMATCH", `${who} ${theirs}, the decision is ${own} ${ours.currency}.`);
}
