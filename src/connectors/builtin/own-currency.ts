// Article 230: an invoice may be in any currency, but its VAT has to stand there in the seller's own as well.
import { ActionError } from "../../connector-kit/action-error.ts";
import { divideRounded, exponentOf, money } from "../../order/money.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import type { InvoiceContent } from "./invoice-content.ts";
import type { BuiltinSettings } from "./options.ts";

export function inOwnCurrency(
  { total: { vat }, taxPoint }: Pick<VatDecision, "total" | "taxPoint">,
  { currency, exchangeRates }: Pick<BuiltinSettings, "currency" | "exchangeRates">,
): InvoiceContent["ownCurrency"] {
  if (vat.currency === currency || vat.minor === 0n) return undefined;
  const known = exchangeRates.find(
    (one) => one.currency === vat.currency && one.from <= taxPoint && taxPoint <= one.until,
  );
  if (!known) {
    const message = `The VAT has to stand on the invoice in ${currency} too: add the rate of ${vat.currency} on ${taxPoint} to exchangeRates.`;
    throw new ActionError("permanent", message, { cause: "config.invalid" });
  }
  const { rate, source } = known;
  const [whole = "0", fraction = ""] = rate.split(".");
  const [from, to] = [exponentOf(vat.currency), exponentOf(currency)];
  const numerator = vat.minor * BigInt(whole + fraction) * 10n ** BigInt(to);
  const denominator = 10n ** BigInt(fraction.length + from);
  return {
    vat: money(divideRounded(numerator, denominator), currency),
    rate,
    source,
    day: taxPoint,
  };
}
