// The VAT of an order as it was charged: one decision for checks, invoice and books. What cannot be decided is held.
import { add, type Money, money, subtract, toDecimal } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import { chargedParts } from "./charged-parts.ts";
import { type DecidedSale, decideSale } from "./decide-sale.ts";
import { categoryOf } from "./exemption.ts";
import { explain } from "./explain-vat.ts";
import { type Held, held } from "./hold-reason.ts";
import { type LegalMention, legalMention, reverseChargeToHmrc } from "./legal-mention.ts";
import { saleOfOrder } from "./sale-of-order.ts";
import { schemeWords } from "./scheme-words.ts";
import { type Settled, settleVat } from "./settle-vat.ts";
import type { Treatment } from "./treatment.ts";
import type { VatConsultation } from "./vat-consultation.ts";
import type { VatDecision } from "./vat-decision.ts";
import { readVatId } from "./vat-id.ts";
import type { VatSettings } from "./vat-settings.ts";

export type VatResult = { readonly kind: "decided"; readonly decision: VatDecision } | Held;

/** Pure: the order, what the shop says of itself, and what VIES said. */
export function decideVat(
  order: Order,
  seller: VatSettings,
  timeZone: string,
  consultation?: VatConsultation,
): VatResult {
  const sale = saleOfOrder(order, seller, timeZone, consultation);
  if ("kind" in sale) return sale;
  const decided = decideSale(sale);
  if (decided.kind === "held") return decided;
  const parts = chargedParts(order, sale, decided.treatment.rates);
  if ("kind" in parts) return parts;
  const settled = settleVat(order, parts, seller.rounding);
  if (settled.kind === "held") return settled;
  const lines = linesOf(settled, decided.treatment);
  const groups = groupsOf(lines);
  const [first, ...others] = groups;
  if (!first) return held("OUT_OF_SCOPE", "The order has no lines.");
  const total = sumsOf([first, ...others]);
  if (total.gross.minor !== order.total.minor) {
    const [ours, theirs] = [total.gross, order.total].map(toDecimal);
    const why = `The VAT was decided on ${ours} ${order.currency}, and ${theirs} was paid.`;
    return held("AMOUNT_MISMATCH", why);
  }
  const { treatment, priced } = decided;
  const needsProof = treatment.scheme === "INTRA_EU_B2B";
  const decision: VatDecision = {
    scheme: schemeWords[treatment.scheme],
    territory: treatment.territory,
    destination: treatment.place.code,
    taxPoint: sale.taxPoint,
    total,
    groups,
    lines,
    rounding: settled.rounding,
    ...(decided.exemption ? { exemption: { code: decided.exemption.code } } : {}),
    mentions: mentionsOf(decided, order.locale.tag),
    sellerTaxIds: sellerTaxIds(treatment, seller),
    ...(needsProof ? { buyerVatId: asVies(sale.buyer.vatId ?? "") } : {}),
    ...(consultation ? { consultation } : {}),
    customsDeclarationRequired: decided.needsCustomsDeclaration,
    reviews: reviewsOf(treatment, priced.needsReview),
    explanation: explain(sale.buyer.isBusiness, treatment, { groups, needsReview: false }),
  };
  return { kind: "decided", decision };
}

function linesOf({ parts }: Settled, { scheme }: Treatment): VatDecision["lines"] {
  return parts.map(({ of, ratePercent, gross, vat }) => ({
    of,
    ratePercent,
    category: categoryOf(scheme, ratePercent),
    net: subtract(gross, vat),
    vat,
    gross,
  }));
}

function groupsOf(lines: VatDecision["lines"]): VatDecision["groups"] {
  return [...Map.groupBy(lines, (line) => line.ratePercent)].map(([ratePercent, same]) => ({
    ratePercent,
    category: same[0]?.category ?? null,
    ...sumsOf(same),
  }));
}

type Amounts = Pick<VatDecision["groups"][number], "net" | "vat" | "gross">;

function sumsOf(amounts: readonly Amounts[]): Amounts {
  const total = (of: keyof Amounts) => amounts.map((one) => one[of]).reduce(add, zeroLike(amounts));
  return { net: total("net"), vat: total("vat"), gross: total("gross") };
}

const zeroLike = (amounts: readonly Amounts[]): Money =>
  money(0, amounts[0]?.gross.currency ?? "EUR");

function mentionsOf({ exemption, treatment }: DecidedSale, locale: string): LegalMention[] {
  return [
    ...(exemption ? [legalMention(exemption.mention, locale)] : []),
    ...(treatment.isReverseCharged ? [reverseChargeToHmrc] : []),
  ];
}

/** The number under which this sale is declared; at home it is always the shop's own. */
function sellerTaxIds({ scheme }: Treatment, seller: VatSettings): VatDecision["sellerTaxIds"] {
  const own = { type: "vat", value: seller.vatId };
  const abroad: Partial<Record<Treatment["scheme"], { type: string; value: string | undefined }>> =
    {
      VOEC: { type: "voec", value: seller.voecNumber },
      UK_VAT_POINT_OF_SALE: { type: "uk-vat", value: seller.ukVatNumber },
      CH_REGISTERED: { type: "swiss-vat", value: seller.swissVatNumber },
    };
  return [own, abroad[scheme]].flatMap((id) =>
    id?.value ? [{ type: id.type, value: id.value }] : [],
  );
}

function reviewsOf({ place }: Treatment, ofRate: boolean): string[] {
  return [
    ...(place.review ? [place.review] : []),
    ...(ofRate ? ["The list of goods at this rate was not checked again."] : []),
  ];
}

function asVies(vatId: string): string {
  const read = readVatId(vatId);
  return read ? `${read.prefix}${read.number}` : vatId;
}
