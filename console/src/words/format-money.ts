import type { Money } from "../api/order-schema.ts";
import { locale as readersLocale } from "../language/words.ts";

const none = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND"];
const digitsOf: ReadonlyMap<string, number> = new Map([
  ...[...none, "VUV", "XAF", "XOF", "XPF"].map((currency) => [currency, 0] as const),
  ...["BHD", "JOD", "KWD", "OMR", "TND"].map((currency) => [currency, 3] as const),
]);

/** Minor units as an amount in the reader's own format. `Intl` does not know the digits: it says HUF has none. */
export function formatMoney({ minor, currency }: Money, locale = readersLocale()): string {
  const digits = digitsOf.get(currency) ?? 2;
  const amount = decimal(minor, digits);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(isNumeral(amount) ? amount : 0);
}

/** By string: a double does not hold every amount. */
function decimal(minor: string, digits: number): string {
  const sign = minor.startsWith("-") ? "-" : "";
  const all = minor.slice(sign.length).padStart(digits + 1, "0");
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

function isNumeral(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

export function subtract(a: Money, b: Money): Money {
  return { minor: String(BigInt(a.minor) - BigInt(b.minor)), currency: a.currency };
}

export const isZero = ({ minor }: Money): boolean => BigInt(minor) === 0n;

/** "129.00": for a file. */
export const decimalOf = (minor: string, currency: string): string =>
  decimal(minor, digitsOf.get(currency) ?? 2);
