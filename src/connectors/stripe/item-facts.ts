// What a product's metadata says about the thing itself: number, weight, customs code, origin, kind of goods for VAT.
import type { OrderLine } from "../../order/order.ts";
import { cleanText } from "./clean-text.ts";
import { withoutGaps } from "./party.ts";

type Facts = Pick<OrderLine, "sku" | "weightGrams" | "hsCode" | "originCountry" | "vatCategory">;
type Metadata = Readonly<Record<string, string>>;

const maxGrams = 1_000_000;

export function itemFacts(metadata: Metadata): Facts {
  const origin = cleanText(metadata.origin_country, 10)?.toUpperCase();
  return withoutGaps({
    sku: cleanText(metadata.sku ?? metadata.SKU, 200),
    weightGrams: gramsOf(metadata.weight_g ?? metadata.weight),
    hsCode: cleanText(metadata.hs_code, 20),
    originCountry: origin && /^[A-Z]{2}$/.test(origin) ? origin : undefined,
    vatCategory: cleanText(metadata.vat_category, 50)?.trim().toLowerCase() || undefined,
  });
}

/** "1350", "1350 g" or "1,35 kg"; a bare number is grams. */
function gramsOf(text: string | undefined): number | undefined {
  const match = /^\s*(\d{1,7})(?:[.,](\d{1,6}))?\s*(g|kg)?\s*$/i.exec(text ?? "");
  if (!match) return undefined;
  const amount = Number(`${match[1]}.${match[2] ?? 0}`);
  const grams = Math.round(match[3]?.toLowerCase() === "kg" ? amount * 1000 : amount);
  return grams > 0 && grams <= maxGrams ? grams : undefined;
}
