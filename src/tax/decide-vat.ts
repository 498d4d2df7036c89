// The VAT of an order as it was charged, per rate and to the cent. What cannot be decided is held, never guessed.
import { allocate, type Money, subtract, sum } from "../order/money.ts";
import type { LineTax, Order } from "../order/order.ts";
import { isInEuVatArea } from "./territory.ts";
import { inclusiveVat } from "./vat-amount.ts";
import type { VatDecision, VatScheme } from "./vat-decision.ts";

export interface VatSettings {
  /** Where the goods leave from: ISO 3166-1 alpha-2. */
  readonly country: string;
  /** True when the seller reports distance sales through the One Stop Shop. */
  readonly isInOss: boolean;
  /**
   * VAT-inclusive rate per destination, in percent, for payments on which Stripe worked out no VAT at all:
   * { FI: "25.5" }. A destination that is not named is held.
   */
  readonly rates: Readonly<Record<string, string>>;
}

export type VatResult =
  | { readonly kind: "decided"; readonly decision: VatDecision }
  | { readonly kind: "held"; readonly why: string };

interface ChargedLine {
  readonly gross: Money;
  readonly vat: Money;
  readonly taxes: readonly LineTax[];
}

export function decideVat(order: Order, seller: VatSettings): VatResult {
  const territory = order.shipTo.address?.country;
  if (!territory) return { kind: "held", why: "The country of delivery is not known." };
  const scheme = schemeFor(territory, order, seller);
  if (scheme.kind === "held") return scheme;

  if (order.taxSource === "sum" && order.lines.some((line) => line.total.minor < 0n)) {
    return { kind: "held", why: "A line is below zero, and the VAT is known only as a sum." };
  }
  const lines: VatDecision["lines"][number][] = [];
  for (const line of chargedLines(order)) {
    const rated = rateOf(line, order, territory, seller);
    if (rated.kind === "held") return rated;
    const { ratePercent, vat } = rated;
    const isGoods = lines.length < order.lines.length;
    const category = categoryOf(scheme.scheme, ratePercent);
    const net = subtract(line.gross, vat);
    const of = isGoods ? lines.length : "shipping";
    lines.push({ of, ratePercent, category, net, vat, gross: line.gross });
  }
  const vats = lines.map((line) => line.vat);
  if (order.taxSource !== "none" && sum(vats, order.currency).minor !== order.tax.minor) {
    return { kind: "held", why: "The VAT of the lines is not the VAT that the payment states." };
  }
  const groups = groupByRate(lines, order.currency);
  const rates = groups.map((group) => `${group.ratePercent} %`).join(" and ");
  const total = (of: "net" | "vat" | "gross") =>
    sum(
      groups.map((group) => group[of]),
      order.currency,
    );
  const decision: VatDecision = {
    scheme: scheme.scheme,
    territory,
    destination: territory,
    taxPoint: order.paidAt.slice(0, 10),
    total: { net: total("net"), vat: total("vat"), gross: total("gross") },
    groups,
    lines,
    rounding: "line",
    mentions: [],
    sellerTaxIds: [],
    customsDeclarationRequired: scheme.scheme === "export",
    reviews: [],
    explanation: `${scheme.words}, ${rates}`,
  };
  return { kind: "decided", decision };
}

function categoryOf(scheme: VatScheme, ratePercent: string): "G" | "S" | "Z" {
  if (scheme === "export") return "G";
  return ratePercent === "0" ? "Z" : "S";
}

type Scheme =
  | { readonly kind: "scheme"; readonly scheme: VatScheme; readonly words: string }
  | { readonly kind: "held"; readonly why: string };

function schemeFor(territory: string, order: Order, seller: VatSettings): Scheme {
  const postalCode = order.shipTo.address?.postalCode;
  if (territory === seller.country && isInEuVatArea(territory, postalCode)) {
    return { kind: "scheme", scheme: "domestic", words: `domestic sale in ${territory}` };
  }
  const isFree = order.tax.minor === 0n;
  if (!isInEuVatArea(territory, postalCode)) {
    if (!isFree || order.taxSource === "none") {
      return {
        kind: "held",
        why: `${territory} is outside the EU's VAT area but the payment does not say that it is free of VAT.`,
      };
    }
    return { kind: "scheme", scheme: "export", words: `export to ${territory}` };
  }
  if (order.taxIds.length > 0 && isFree && order.total.minor > 0n) {
    return {
      kind: "held",
      why: "A business abroad bought without VAT; its VAT number is not verified.",
    };
  }
  if (!seller.isInOss) {
    return {
      kind: "held",
      why: `A sale to ${territory} needs the One Stop Shop, which is not set up.`,
    };
  }
  if (isFree && order.taxSource === "lines" && order.total.minor > 0n) {
    return { kind: "held", why: `Stripe charged no VAT on a sale to a consumer in ${territory}.` };
  }
  return { kind: "scheme", scheme: "oss", words: `distance sale to ${territory} under OSS` };
}

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

type Rated =
  | { readonly kind: "rated"; readonly ratePercent: string; readonly vat: Money }
  | { readonly kind: "held"; readonly why: string };

function rateOf(line: ChargedLine, order: Order, territory: string, seller: VatSettings): Rated {
  const rates = new Set(line.taxes.map((tax) => tax.ratePercent));
  const [stated] = rates;
  if (rates.size > 1) return { kind: "held", why: "One line carries two VAT rates." };
  if (stated !== undefined) return { kind: "rated", ratePercent: stated, vat: line.vat };
  if (order.taxSource === "lines" && line.vat.minor !== 0n) {
    return { kind: "held", why: "Stripe charged VAT on a line and gave no rate for it." };
  }
  if (order.taxSource === "lines") return { kind: "rated", ratePercent: "0", vat: line.vat };

  const ratePercent = seller.rates[territory];
  if (ratePercent === undefined) {
    return {
      kind: "held",
      why: `Stripe gave no VAT rate and none is configured for ${territory}.`,
    };
  }
  const vat = inclusiveVat(line.gross, ratePercent);
  if (order.taxSource === "none") return { kind: "rated", ratePercent, vat };
  // A cent a line may come from spreading the total; more means that the rate is another one.
  const difference = subtract(line.vat, vat).minor;
  if (difference < -1n || difference > 1n) {
    return {
      kind: "held",
      why: `The VAT that was charged is not ${ratePercent} % for ${territory}.`,
    };
  }
  return { kind: "rated", ratePercent, vat: line.vat };
}

function groupByRate(lines: VatDecision["lines"], currency: string): VatDecision["groups"] {
  return [...new Set(lines.map((line) => line.ratePercent))].map((ratePercent) => {
    const same = lines.filter((line) => line.ratePercent === ratePercent);
    const category = same[0]?.category ?? null;
    const vat = sum(
      same.map((line) => line.vat),
      currency,
    );
    const gross = sum(
      same.map((line) => line.gross),
      currency,
    );
    return { ratePercent, category, net: subtract(gross, vat), vat, gross };
  });
}
