import { exponentOf, type Money, toDecimal } from "../order/money.ts";

/**
 * "159,63 €": all the currency's decimals, exact for any size: the number never becomes a float.
 */
export function formatMoney(amount: Money, locale: string): string {
  // Intl drops the decimals of HUF and others, so it is told how many there are.
  const digits = exponentOf(amount.currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: amount.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const decimal = toDecimal(amount);
  if (!isNumeric(decimal)) throw new RangeError(`"${decimal}" is not a number.`);
  return withoutStrayMarks(format.format(decimal));
}

/**
 * Intl puts right-to-left marks beside "₪" and "€" in Hebrew and Arabic. Where a letter follows they are right; where
 * none does they tear the sign from its number as soon as the amount stands by itself.
 */
const withoutStrayMarks = (amount: string) =>
  /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(amount.replace(/\u061C/g, ""))
    ? amount
    : amount.replace(/[\u200E\u200F\u061C]/gu, "");

const isNumeric = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);
