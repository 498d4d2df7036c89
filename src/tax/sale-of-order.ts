// An order as a sale: what VAT depends on, from what was paid and from what the shop says of itself.
import { localDate } from "../order/local-date.ts";
import { fromDecimal, type Money, money } from "../order/money.ts";
import type { Order, OrderLine } from "../order/order.ts";
import { euVatIdOf } from "./buyer-vat-id.ts";
import { type Held, held } from "./hold-reason.ts";
import { type GoodsCategory, goodsCategories } from "./rate-on.ts";
import type { DistanceSales, Sale, SaleLine, VatIdCheck } from "./sale.ts";
import { shippingShares } from "./shipping-shares.ts";
import type { VatConsultation } from "./vat-consultation.ts";
import { readVatId } from "./vat-id.ts";
import type { VatSettings } from "./vat-settings.ts";

/** Amounts are what was paid, VAT included. */
export function saleOfOrder(
  order: Order,
  seller: VatSettings,
  timeZone: string,
  consultation: VatConsultation | undefined,
): Sale | Held {
  const lines = linesOf(order, seller);
  if ("kind" in lines) return lines;
  const taxPoint = localDate(order.paidAt, timeZone);
  const { country, postalCode: postcode, city } = order.shipTo.address ?? {};
  const isBritish = country === "GB" || country === "IM";
  const british = order.taxIds.find(({ type }) => type === "gb_vat")?.value;
  const vatId = (isBritish ? british : undefined) ?? euVatIdOf(order);
  return {
    taxPoint,
    seller: {
      country: seller.country,
      dispatch: { country: seller.country, postcode: seller.postalCode },
      isInOss: seller.isInOss,
      hasAlandNumber: seller.hasAlandNumber === true,
      hasVoecNumber: Boolean(seller.voecNumber),
      hasUkVatNumber: Boolean(seller.ukVatNumber),
      hasSwissVatNumber: Boolean(seller.swissVatNumber),
      distanceSales: distanceSalesOf(seller, taxPoint),
    },
    buyer: {
      isBusiness: order.taxIds.length > 0 || Boolean(order.buyer.company?.trim()),
      to: { country, postcode, city },
      vatId: vatId ?? null,
      vatIdCheck: checkOf(vatId, consultation),
    },
    currency: order.currency,
    isNetPriced: false,
    lines,
  };
}

/** Only a yes with VIES's own number for it is a proof; what was asked of another number says nothing of this one. */
function checkOf(vatId: string | undefined, said: VatConsultation | undefined): VatIdCheck {
  if (vatId === undefined) return "not-given";
  if (said === undefined || said.result === "not-needed") return "unknown";
  if (said.result === "malformed") return said.vatId === vatId ? "invalid" : "unknown";
  const read = readVatId(vatId);
  if (!read || said.vatId !== `${read.prefix}${read.number}`) return "unknown";
  if (said.result === "invalid") return "invalid";
  return said.requestIdentifier ? "valid" : "unknown";
}

function linesOf(order: Order, seller: VatSettings): readonly SaleLine[] | Held {
  const lines: { category: GoodsCategory; quantity: number; goods: Money }[] = [];
  for (const line of order.lines) {
    const named = categoryOf(line, seller);
    const category = goodsCategories.find((known) => known === named);
    if (!category) {
      const why = `"${line.description}" is of the kind "${named}", for which no rate is known. Known are ${goodsCategories.join(", ")}.`;
      return held("OUT_OF_SCOPE", why);
    }
    lines.push({ category, quantity: Math.max(1, line.quantity), goods: line.total });
  }
  const shipping = order.shipping?.total ?? money(0, order.currency);
  const shares = shippingShares(lines, shipping);
  if ("kind" in shares) return shares;
  return lines.map((line, i) => {
    const share = shares[i]?.minor ?? 0n;
    return { ...line, charged: money(line.goods.minor + share, order.currency) };
  });
}

function categoryOf(line: OrderLine, { goods }: VatSettings): string {
  const ofSku = line.sku === undefined ? undefined : goods?.bySku?.[line.sku];
  return line.vatCategory ?? ofSku ?? goods?.usually ?? "standard";
}

const staleAfterMs = 31 * 24 * 3600_000;

function distanceSalesOf(seller: VatSettings, taxPoint: string): DistanceSales | undefined {
  const said = seller.distanceSales;
  if (!said) return undefined;
  const age = Date.parse(taxPoint) - Date.parse(said.asOf);
  if (age < 0 || age > staleAfterMs || said.asOf.slice(0, 4) !== taxPoint.slice(0, 4)) {
    return undefined;
  }
  return {
    previousYear: fromDecimal(said.previousYear, "EUR"),
    thisYearBefore: fromDecimal(said.thisYear, "EUR"),
    establishedOnlyIn: seller.country,
    hasOptedForDestination: false,
  };
}
