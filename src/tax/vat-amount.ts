// VAT inside a price, or on top of it: half away from zero, so that a credit note mirrors its invoice.
import { divideRounded, type Money, money } from "../order/money.ts";

const hundredPercent = 1_000_000n;

/** VAT inside a gross amount: gross * rate / (100 + rate). */
export function inclusiveVat(gross: Money, ratePercent: string): Money {
  const rate = scaled(ratePercent);
  return money(divideRounded(gross.minor * rate, hundredPercent + rate), gross.currency);
}

/** VAT on top of a net amount: net * rate / 100. */
export function exclusiveVat(net: Money, ratePercent: string): Money {
  return money(divideRounded(net.minor * scaled(ratePercent), hundredPercent), net.currency);
}

/** Percent with up to four decimals, as a whole number: "25.5" is 255000. */
function scaled(ratePercent: string): bigint {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(ratePercent);
  if (!match) throw new RangeError(`"${ratePercent}" is not a rate in percent.`);
  return BigInt(`${match[1]}${(match[2] ?? "").padEnd(4, "0")}`);
}
