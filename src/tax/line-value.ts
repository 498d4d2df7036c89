import { divideRounded, exponentOf, type Money, money } from "../order/money.ts";

/** A unit price may have more decimals than the currency; what is charged for the line is rounded once. */
export function lineValue(unitAmount: string, quantity: number, currency: string): Money {
  const [whole = "0", fraction = ""] = unitAmount.split(".");
  const exponent = exponentOf(currency);
  const digits = BigInt(whole + fraction.padEnd(exponent, "0")) * BigInt(quantity);
  const surplus = Math.max(0, fraction.length - exponent);
  return money(divideRounded(digits, 10n ** BigInt(surplus)), currency);
}
