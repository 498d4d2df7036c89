// The VAT of an order as it was charged, per rate and to the cent. What cannot be decided is held, never guessed.
import { currencyProblem } from "../order/accepted-currency.ts";
import { subtract, sum } from "../order/money.ts";
import type { Order, OrderLine } from "../order/order.ts";
import { differenceOf, type RatedLine, ratedLines, untaxedLines } from "./charged-lines.ts";
import { chooseScheme } from "./choose-scheme.ts";
import { en16931Category, exemptionOf } from "./exemption.ts";
import { explain, placeName } from "./explain-vat.ts";
import { type Held, held } from "./hold-reason.ts";
import { legalMention } from "./legal-mention.ts";
import { type GoodsCategory, rateOn, ratesIn, tableBegins } from "./rate-on.ts";
import type { Sale, VatIdCheck } from "./sale.ts";
import { dayIn } from "./tax-point.ts";
import type { Scheme, Treatment } from "./treatment.ts";
import type { VatDecision, VatScheme } from "./vat-decision.ts";

export interface VatSettings {
  /** Where the seller is established and the goods leave from: ISO 3166-1 alpha-2. */
  readonly country: string;
  /** True when the seller reports distance sales through the One Stop Shop. */
  readonly isInOss: boolean;
  /**
   * VAT-inclusive rate per destination, in percent, for payments on which Stripe worked out no VAT at all:
   * { FI: "25.5" }. A destination that is not named is held.
   */
  readonly rates: Readonly<Record<string, string>>;
  /** What the goods are, by SKU. A SKU that is named must have been charged the rate of its kind. */
  readonly categories?: Readonly<Record<string, GoodsCategory>>;
  /** Registrations outside the EU's VAT: without them a sale there is an export, or held. */
  readonly alandTaxBorderNumber?: string;
  readonly voecNumber?: string;
  readonly ukVatNumber?: string;
  readonly swissVatNumber?: string;
}

/** What is known besides the order itself. */
export interface VatFacts {
  /** The seller's: it says which day a payment belongs to. */
  readonly timeZone: string;
  /** What VIES said of the buyer's number; absent when nobody asked. */
  readonly vatId?: { readonly value: string; readonly check: VatIdCheck };
}

export type VatResult = { readonly kind: "decided"; readonly decision: VatDecision } | Held;

export function decideVat(
  order: Order,
  seller: VatSettings,
  facts: VatFacts = { timeZone: "UTC" },
): VatResult {
  const { currency } = order;
  const sale = saleOf(order, seller, facts);
  const { taxPoint } = sale;
  const refused = currencyProblem(currency, taxPoint);
  if (refused) return held("CURRENCY_REFUSED", refused);
  if (taxPoint < tableBegins) return held("OUT_OF_SCOPE", `Paid before ${tableBegins}.`);
  const treatment = chooseScheme(sale);
  if (treatment.kind === "held") return treatment;
  const lines = linesOf(order, seller, treatment, taxPoint);
  if ("kind" in lines) return lines;
  const differs = differenceOf(lines, currency, treatment.territory);
  if (differs) return differs;
  return { kind: "decided", decision: decisionOf(order, sale, treatment, lines) };
}

function saleOf(order: Order, seller: VatSettings, facts: VatFacts): Sale {
  const { address } = order.shipTo;
  // With VAT charged nothing depends on the number; a number that frees from VAT must be verified.
  const dependsOnId = order.taxIds.length > 0 && order.tax.minor === 0n && order.total.minor > 0n;
  return {
    taxPoint: dayIn(facts.timeZone, order.paidAt),
    seller: {
      country: seller.country,
      dispatch: { country: seller.country },
      isInOss: seller.isInOss,
      hasAlandNumber: Boolean(seller.alandTaxBorderNumber),
      hasVoecNumber: Boolean(seller.voecNumber),
      hasUkVatNumber: Boolean(seller.ukVatNumber),
      hasSwissVatNumber: Boolean(seller.swissVatNumber),
    },
    buyer: {
      isBusiness: order.taxIds.length > 0,
      to: { country: address?.country, postcode: address?.postalCode, city: address?.city },
      vatId: facts.vatId?.value ?? null,
      vatIdCheck: dependsOnId ? (facts.vatId?.check ?? "unknown") : "not-given",
    },
    currency: order.currency,
    isNetPriced: false,
    lines: order.lines.map((line) => ({
      category: seller.categories?.[line.sku ?? ""] ?? "standard",
      quantity: Math.max(1, line.quantity),
      goods: line.total,
      charged: line.total,
    })),
  };
}

function linesOf(
  order: Order,
  seller: VatSettings,
  treatment: Treatment,
  taxPoint: string,
): readonly RatedLine[] | Held {
  const { rates, territory, place } = treatment;
  const isWorthless = order.total.minor === 0n;
  const isFree = order.tax.minor === 0n;
  if (rates === undefined) {
    if (isWorthless || (isFree && order.taxSource !== "none")) return untaxedLines(order);
    const where =
      place.vatState === undefined
        ? `${placeName(place.code)} is outside the EU's VAT area`
        : "The supply to a business is exempt";
    return held(
      "AMOUNT_MISMATCH",
      `${where}, but the payment does not say that it is free of VAT.`,
    );
  }
  const isToldFree = isFree && order.taxSource === "lines" && !order.lines.some(hasRate);
  if (isToldFree && !isWorthless && !ratesIn(taxPoint, rates).has("0")) {
    return held(
      "AMOUNT_MISMATCH",
      `Stripe charged no VAT on a sale to a consumer in ${territory}.`,
    );
  }
  const lines = ratedLines(order, seller.rates[territory], territory);
  if ("kind" in lines) return lines;
  return wrongRate(lines, order, seller, treatment, rates, taxPoint) ?? lines;
}

/** The VAT of a cent is nothing, and was charged all the same. */
const hasRate = ({ taxes }: OrderLine) =>
  taxes.some(({ ratePercent }) => Number(ratePercent ?? 0) > 0);

/** A rate that the territory does not have on that day, or not for these goods. */
function wrongRate(
  lines: readonly RatedLine[],
  order: Order,
  seller: VatSettings,
  { territory }: Treatment,
  rates: string,
  taxPoint: string,
): Held | undefined {
  const known = ratesIn(taxPoint, rates);
  for (const [i, { ratePercent, gross }] of lines.entries()) {
    if (gross.minor === 0n) continue;
    if (!known.has(ratePercent)) {
      return held(
        "AMOUNT_MISMATCH",
        `${ratePercent} % is no VAT rate of ${territory} on ${taxPoint}.`,
      );
    }
    const category = seller.categories?.[order.lines[i]?.sku ?? ""];
    const due = category && rateOn(taxPoint, rates, category);
    if (category && due?.ratePercent !== ratePercent) {
      return held(
        due ? "AMOUNT_MISMATCH" : "OUT_OF_SCOPE",
        `${category} in ${territory} was charged ${ratePercent} %, due is ${due?.ratePercent ?? "not known"}.`,
      );
    }
  }
  return undefined;
}

const schemes: Readonly<Record<Scheme, VatScheme>> = {
  DOMESTIC: "domestic",
  OSS_UNION: "oss",
  ORIGIN_UNDER_THRESHOLD: "origin",
  INTRA_EU_B2B: "intra-eu",
  EXPORT: "export",
  EXPORT_ALAND_TAX_BORDER: "export",
  VOEC: "voec",
  UK_VAT_POINT_OF_SALE: "british",
  CH_REGISTERED: "swiss",
};

function decisionOf(
  order: Order,
  sale: Sale,
  treatment: Treatment,
  lines: readonly RatedLine[],
): VatDecision {
  const { scheme, territory, place } = treatment;
  const groups = groupByRate(lines, order.currency);
  const exemption = exemptionOf(scheme);
  const mention = exemption && legalMention(exemption.mention, order.locale.tag);
  return {
    scheme: schemes[scheme],
    territory: territory.slice(0, 2),
    groups,
    lines: [...lines],
    explanation: explain(sale.buyer.isBusiness, treatment, { groups, needsReview: false }),
    place: place.code,
    taxPoint: sale.taxPoint,
    category: en16931Category(scheme, { groups }),
    needsCustomsDeclaration: place.vatState === undefined,
    ...(exemption && mention ? { exemption: { code: exemption.code, mention } } : {}),
    ...(scheme === "INTRA_EU_B2B" && sale.buyer.vatId ? { buyerVatId: sale.buyer.vatId } : {}),
  };
}

function groupByRate(lines: readonly RatedLine[], currency: string): VatDecision["groups"] {
  return [...Map.groupBy(lines, (line) => line.ratePercent)].map(([ratePercent, same]) => {
    const vat = sum(
      same.map((line) => line.vat),
      currency,
    );
    const gross = sum(
      same.map((line) => line.gross),
      currency,
    );
    return { ratePercent, net: subtract(gross, vat), vat, gross };
  });
}
