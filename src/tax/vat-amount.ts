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

/** A group's VAT on its lines: each within a cent of its own, all together exactly the group's (largest remainder). */
export function shareInclusiveVat(grosses: readonly Money[], ratePercent: string): Money[] {
  const rate = scaled(ratePercent);
  return shares(grosses, rate, hundredPercent + rate);
}

/** The same for amounts without VAT. */
export function shareExclusiveVat(nets: readonly Money[], ratePercent: string): Money[] {
  return shares(nets, scaled(ratePercent), hundredPercent);
}

/** Amounts may be below zero, so the floors are taken and the cents that are left go where most was cut off. */
function shares(amounts: readonly Money[], part: bigint, whole: bigint): Money[] {
  const exact = amounts.map(({ minor, currency }) => {
    const rest = (((minor * part) % whole) + whole) % whole;
    return { floor: (minor * part - rest) / whole, rest, currency };
  });
  const all = amounts.reduce((sum, { minor }) => sum + minor, 0n);
  const left = exact.reduce((rest, { floor }) => rest - floor, divideRounded(all * part, whole));
  const byRest = exact.map((_, i) => i).sort((a, b) => compare(exact[b]?.rest, exact[a]?.rest));
  const raised = new Set(byRest.slice(0, Number(left)));
  return exact.map(({ floor, currency }, i) => money(floor + (raised.has(i) ? 1n : 0n), currency));
}

const compare = (a = 0n, b = 0n) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Whether `vat` is that rate of `gross` to the cent. VAT that was put on top of a price is always also the VAT inside
 * of the sum, but not the other way round: for one price in five they differ.
 */
export function isVatOf(vat: Money, gross: Money, ratePercent: string, isOnTop: boolean): boolean {
  if (!isOnTop) return inclusiveVat(gross, ratePercent).minor === vat.minor;
  const net = money(gross.minor - vat.minor, gross.currency);
  return exclusiveVat(net, ratePercent).minor === vat.minor;
}
