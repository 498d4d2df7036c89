// What others say the sale comes to. One cent of difference holds it.
import { exponentOf, fromDecimal, type Money, money, toDecimal } from "../order/money.ts";
import { providerExponentOf } from "../order/provider-exponent.ts";
import { type Held, held } from "./hold-reason.ts";

interface Totals {
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

// stripe_amount_minor, stripe_tax_minor, accounting_gross_total, accounting_vat_total, paid_total and the like.
const isStatement =
  /^(stripe|paid|payment|charged|accounting|ledger|netvisor)_(.*_)?(amount|tax|vat|net|gross|total|received|minor)/;

/**
 * Compares every amount that `facts` states. A whole number under a name that ends in `_minor` is Stripe's integer; a
 * string is a decimal amount. Throws a RangeError when it is neither.
 */
export function amountsDiffer(
  facts: Readonly<Record<string, unknown>>,
  totals: Totals,
): Held | undefined {
  const { currency } = totals.gross;
  for (const [name, stated] of Object.entries(facts)) {
    if (!isStatement.test(name) || stated == null) continue;
    const said = amountOf(name, stated, currency);
    const ours = totals[meantBy(name)];
    if (said?.minor === ours.minor) continue;
    const theirs = said ? toDecimal(said) : `${String(stated)}, which is no amount`;
    return held(
      "AMOUNT_MISMATCH",
      `${name} is ${theirs}, the decision is ${toDecimal(ours)} ${currency}.`,
    );
  }
  return undefined;
}

function meantBy(name: string): keyof Totals {
  if (/tax|vat/.test(name)) return "vat";
  return /net/.test(name.replace("netvisor", "")) ? "net" : "gross";
}

function amountOf(name: string, stated: unknown, currency: string): Money | undefined {
  if (typeof stated === "string") return fromDecimal(stated, currency);
  if (name.endsWith("_minor") && Number.isSafeInteger(stated)) {
    return fromStripeMinor(BigInt(Number(stated)), currency);
  }
  throw new RangeError(`${name} must be a decimal in quotes, or a whole number and named _minor.`);
}

/** Undefined when Stripe's integer is a fraction of the currency's smallest unit. */
function fromStripeMinor(amount: bigint, currency: string): Money | undefined {
  const difference = exponentOf(currency) - providerExponentOf("stripe", currency);
  if (difference >= 0) return money(amount * 10n ** BigInt(difference), currency);
  const divisor = 10n ** BigInt(-difference);
  return amount % divisor === 0n ? money(amount / divisor, currency) : undefined;
}
