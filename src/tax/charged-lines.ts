// The VAT of each line as it was charged, held against what its rate gives: to the cent.
import { allocate, type Money, subtract, sum } from "../order/money.ts";
import type { LineTax, Order } from "../order/order.ts";
import { type Held, held } from "./hold-reason.ts";
import { inclusiveVat } from "./vat-amount.ts";

export interface RatedLine {
  readonly ratePercent: string;
  readonly vat: Money;
  readonly gross: Money;
}

interface ChargedLine {
  readonly gross: Money;
  readonly vat: Money;
  readonly taxes: readonly LineTax[];
}

/** Lines in the order's sequence, then shipping if there is any. */
function chargedLines(order: Order): ChargedLine[] {
  const lines = order.lines.map((l) => ({ gross: l.total, vat: l.tax, taxes: l.taxes }));
  const { shipping } = order;
  if (shipping) lines.push({ gross: shipping.total, vat: shipping.tax, taxes: shipping.taxes });
  if (order.taxSource !== "sum" || order.total.minor === 0n) return lines;
  // Only a total is known: it belongs to the lines in proportion to what was paid for them.
  const parts = allocate(
    order.tax,
    lines.map((line) => line.gross.minor),
  );
  return lines.map((line, i) => ({ ...line, vat: parts[i] ?? line.vat }));
}

/** A sale without VAT: every line at 0 %, whatever reason or rate the payment provider noted. */
export function untaxedLines(order: Order): readonly RatedLine[] {
  return chargedLines(order).map(({ gross, vat }) => ({ ratePercent: "0", vat, gross }));
}

/** `configured`: the rate inside the price where the payment states none. */
export function ratedLines(
  order: Order,
  configured: string | undefined,
  where: string,
): readonly RatedLine[] | Held {
  if (order.taxSource === "sum" && order.lines.some((line) => line.total.minor < 0n)) {
    return held("OUT_OF_SCOPE", "A line is below zero, and the VAT is known only as a sum.");
  }
  const rated: RatedLine[] = [];
  for (const line of chargedLines(order)) {
    const one = rateLine(line, order, configured, where);
    if ("kind" in one) return one;
    rated.push(one);
  }
  const vat = sum(
    rated.map((line) => line.vat),
    order.currency,
  );
  if (order.taxSource !== "none" && vat.minor !== order.tax.minor) {
    return held("AMOUNT_MISMATCH", "The VAT of the lines is not the VAT that the payment states.");
  }
  return rated;
}

function rateLine(
  line: ChargedLine,
  order: Order,
  configured: string | undefined,
  where: string,
): RatedLine | Held {
  const { gross, vat, taxes } = line;
  const rates = new Set(taxes.map((tax) => tax.ratePercent));
  const [stated] = rates;
  if (rates.size > 1) return held("OUT_OF_SCOPE", "One line carries two VAT rates.");
  if (stated !== undefined) return { ratePercent: stated, vat, gross };
  if (order.taxSource === "lines" && vat.minor !== 0n) {
    return held("AMOUNT_MISMATCH", "Stripe charged VAT on a line and gave no rate for it.");
  }
  if (order.taxSource === "lines") return { ratePercent: "0", vat, gross };
  if (configured === undefined) {
    return held("OUT_OF_SCOPE", `Stripe gave no VAT rate and none is configured for ${where}.`);
  }
  if (order.taxSource === "sum") return { ratePercent: configured, vat, gross };
  return { ratePercent: configured, vat: inclusiveVat(gross, configured), gross };
}

/**
 * The VAT of a rate must be what the rate gives: line by line, as Stripe Tax rounds, or for all its lines together, as
 * EN 16931 does. Anything else, by one cent, is another amount than the law's.
 */
export function differenceOf(
  lines: readonly RatedLine[],
  currency: string,
  where: string,
): Held | undefined {
  for (const [ratePercent, same] of Map.groupBy(lines, (line) => line.ratePercent)) {
    const total = (of: (line: RatedLine) => Money) => sum(same.map(of), currency);
    const vat = total((line) => line.vat);
    const byLine = total((line) => inclusiveVat(line.gross, ratePercent));
    const together = inclusiveVat(
      total((line) => line.gross),
      ratePercent,
    );
    const isNear = same.every((line) => {
      const { minor } = subtract(line.vat, inclusiveVat(line.gross, ratePercent));
      return minor >= -1n && minor <= 1n;
    });
    const isRight = vat.minor === byLine.minor || vat.minor === together.minor;
    if (isNear && isRight) continue;
    return held(
      "AMOUNT_MISMATCH",
      `The VAT that was charged is not ${ratePercent} % for ${where}: ${vat.minor} instead of ${together.minor} ${currency} in minor units.`,
    );
  }
  return undefined;
}
