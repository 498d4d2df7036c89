// Amounts are whole minor units in bigint. No float ever holds money.

/** An amount in minor units (cents); `currency` is an upper-case ISO 4217 code. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

// ISO 4217 decimals where they are not two. Providers may count otherwise; that is theirs to convert.
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
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

/** How many decimals the currency has on paper. `Intl` is no source for this: it says HUF has none. */
export function exponentOf(currency: string): number {
  return exponents[currency] ?? 2;
}

export function money(minor: bigint | number, currency: string): Money {
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`"${currency}" is not a currency code.`);
  return { minor: BigInt(minor), currency };
}

export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new RangeError(`Cannot add ${b.currency} to ${a.currency}.`);
  }
  return { minor: a.minor + b.minor, currency: a.currency };
}

export function negate(a: Money): Money {
  return { minor: -a.minor, currency: a.currency };
}

export function subtract(a: Money, b: Money): Money {
  return add(a, negate(b));
}

/** The sum of the amounts; zero of `currency` when there are none. */
export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(add, money(0, currency));
}

/** Integer division that rounds half away from zero, so that a credit note mirrors its invoice. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const rounded = (n * 2n + d) / (d * 2n);
  return isNegative ? -rounded : rounded;
}

/** Splits an amount by weights so that the parts add up exactly (largest remainder). */
export function allocate(amount: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((a, b) => a + b, 0n);
  if (weights.length === 0 || total <= 0n || weights.some((w) => w < 0n)) {
    throw new RangeError("Weights must be positive together and none of them negative.");
  }
  const sign = amount.minor < 0n ? -1n : 1n;
  const whole = amount.minor * sign;
  const parts = weights.map((w) => ({ share: (whole * w) / total, rest: (whole * w) % total }));
  let left = whole - parts.reduce((a, p) => a + p.share, 0n);
  const byRest = parts.map((_, i) => i).sort((a, b) => compare(parts[b]?.rest, parts[a]?.rest));
  for (const index of byRest) {
    const part = parts[index];
    if (left === 0n || !part) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map((p) => ({ minor: p.share * sign, currency: amount.currency }));
}

function compare(a = 0n, b = 0n): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** "159.63": the decimal form with all the currency's decimals, by string arithmetic. */
export function toDecimal(amount: Money): string {
  return decimalString(amount.minor, exponentOf(amount.currency));
}

/** `minor` with a decimal point `exponent` digits from the right. */
export function decimalString(minor: bigint, exponent: number): string {
  const sign = minor < 0n ? "-" : "";
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Reads "159.63" or "159,63"; more decimals than the currency has are accepted only when zero. */
export function fromDecimal(text: string, currency: string): Money {
  const match = /^(-?)(\d{1,15})(?:[.,](\d{1,10}))?$/.exec(text.trim());
  if (!match) throw new RangeError(`"${text}" is not an amount.`);
  const exponent = exponentOf(currency);
  const fraction = (match[3] ?? "").padEnd(exponent, "0");
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new RangeError(`"${text}" has more decimals than ${currency}.`);
  }
  const minor = BigInt(`${match[2]}${fraction.slice(0, exponent)}`);
  return money(match[1] ? -minor : minor, currency);
}
