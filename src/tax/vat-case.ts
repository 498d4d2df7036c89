// A VAT case as it stands in a file: who sells, who buys, what and when; parsed into a sale.
import { z } from "zod";
import { currencyProblem } from "../order/accepted-currency.ts";
import { fromDecimal, type Money } from "../order/money.ts";
import { type Held, held } from "./hold-reason.ts";
import { lineValue } from "./line-value.ts";
import { type GoodsCategory, goodsCategories } from "./rate-on.ts";
import { apportioned, type DistanceSales, type Sale, type VatIdCheck } from "./sale.ts";
import { statedAmountsSchema } from "./stated-amounts.ts";

const text = z.string().max(500);
const maybe = text.nullish();
const decimal = z.string().regex(/^\d{1,15}(\.\d{1,10})?$/, "must be an amount such as 12.50");
const day = z.iso.date("must be a day such as 2026-11-16");

const sellerSchema = z.looseObject({
  country: text.min(1),
  dispatch_country: text.min(1),
  dispatch_postcode: maybe,
  oss_union: z.enum(["registered", "not_registered"]).nullish(),
  aland_tax_border_number: z.union([z.boolean(), text]).nullish(),
  voec_number: maybe,
  uk_vat_number: maybe,
  ch_vat_number: maybe,
});

const contextSchema = z.looseObject({
  cross_border_b2c_previous_year_eur: decimal.nullish(),
  cross_border_b2c_this_year_before_eur: decimal.nullish(),
  established_only_in: maybe,
  opted_for_destination: z.boolean().nullish(),
  ...statedAmountsSchema.shape,
});

export const vatCaseSchema = z.looseObject({
  id: text.min(1),
  document_type: z.enum(["invoice", "credit_note"]),
  tax_point_date: day,
  seller: sellerSchema,
  buyer: z.looseObject({
    type: z.enum(["B2C", "B2B"]),
    country: maybe,
    postcode: maybe,
    city: maybe,
    vat_id: maybe,
    vat_id_check: maybe,
  }),
  currency: text,
  price_basis: z.enum(["gross", "net"]),
  lines: z
    .array(
      z.looseObject({
        description: maybe,
        goods_category: text,
        quantity: z.number().int().min(1).max(1_000_000),
        unit_amount: decimal,
      }),
    )
    .min(1)
    .max(10_000),
  shipping_amount: decimal.nullish(),
  order_discount_amount: decimal.nullish(),
  preceding_document: maybe,
  context: contextSchema.nullish(),
});
export type VatCase = Readonly<z.infer<typeof vatCaseSchema>>;

/** Facts that put a sale outside of what is decided here. */
const beyondScope =
  /marketplace|platform|deemed|margin|second_hand|excise|vehicle|means_of_transport|install|stock|drop_?ship|ioss|import|triang|consignment_stock|call_off/;

const isSaid = (value: unknown) =>
  value != null && value !== false && !(Array.isArray(value) && value.length === 0);

export function saleOf(vatCase: VatCase): Sale | Held {
  const { seller, buyer, currency, context, tax_point_date: taxPoint } = vatCase;
  const refused = currencyProblem(currency, taxPoint);
  if (refused) return held("CURRENCY_REFUSED", refused);
  const beyond = Object.entries(context ?? {}).find(
    ([name, value]) => beyondScope.test(name) && isSaid(value),
  );
  if (beyond) return held("OUT_OF_SCOPE", `Not decided here: ${beyond[0]}.`);
  if (vatCase.document_type === "credit_note" && !vatCase.preceding_document) {
    return held("OUT_OF_SCOPE", "A credit note must name the invoice that it corrects.");
  }
  const lines = linesOf(vatCase);
  if ("kind" in lines) return lines;
  return {
    taxPoint,
    seller: {
      country: seller.country,
      dispatch: { country: seller.dispatch_country, postcode: seller.dispatch_postcode },
      isInOss: seller.oss_union === "registered",
      hasAlandNumber: Boolean(seller.aland_tax_border_number),
      hasVoecNumber: Boolean(seller.voec_number),
      hasUkVatNumber: Boolean(seller.uk_vat_number),
      hasSwissVatNumber: Boolean(seller.ch_vat_number),
      distanceSales: distanceSalesOf(context),
    },
    buyer: {
      isBusiness: buyer.type === "B2B",
      to: { country: buyer.country, postcode: buyer.postcode, city: buyer.city },
      vatId: buyer.vat_id ?? null,
      vatIdCheck: checkOf(buyer.vat_id, buyer.vat_id_check),
    },
    currency,
    isNetPriced: vatCase.price_basis === "net",
    lines,
  };
}

function linesOf(vatCase: VatCase): Sale["lines"] | Held {
  const { currency } = vatCase;
  const lines: { category: GoodsCategory; quantity: number; value: Money }[] = [];
  for (const { goods_category: name, quantity, unit_amount: unit } of vatCase.lines) {
    const category = goodsCategories.find((known) => known === name);
    if (!category) return held("OUT_OF_SCOPE", `Goods of the kind "${name}" are not known.`);
    lines.push({ category, quantity, value: lineValue(unit, quantity, currency) });
  }
  const amount = (written: string | null | undefined) => fromDecimal(written ?? "0", currency);
  const discount = amount(vatCase.order_discount_amount);
  const shipping = amount(vatCase.shipping_amount);
  const goods = lines.reduce((all, line) => all + line.value.minor, 0n);
  if (discount.minor > goods) {
    return held("AMOUNT_MISMATCH", "The discount is more than the goods cost.");
  }
  return (
    apportioned(lines, discount, shipping) ??
    held(
      "OUT_OF_SCOPE",
      "Shipping cannot be shared out among goods of different kinds for nothing.",
    )
  );
}

function checkOf(id: string | null | undefined, check: string | null | undefined): VatIdCheck {
  if (!id) return check === "invalid" ? "invalid" : check === "valid" ? "unknown" : "not-given";
  return check === "valid" || check === "invalid" ? check : "unknown";
}

function distanceSalesOf(context: VatCase["context"]): DistanceSales | undefined {
  const before = context?.cross_border_b2c_previous_year_eur;
  const now = context?.cross_border_b2c_this_year_before_eur;
  if (!before || !now) return undefined;
  return {
    previousYear: fromDecimal(before, "EUR"),
    thisYearBefore: fromDecimal(now, "EUR"),
    establishedOnlyIn: context?.established_only_in ?? null,
    hasOptedForDestination: context?.opted_for_destination === true,
  };
}
