// The sentence that must stand on an invoice without VAT (Directive 2006/112/EC, Art. 226(11)).
import type { Mention } from "./exemption.ts";
import mentions from "./legal-mentions.json" with { type: "json" };

export interface LegalMention {
  /** What goes on the document. */
  readonly text: string;
  /** BCP 47; "en" when there is no wording in the document's language. */
  readonly language: string;
  /** Always: for whoever reads the books. */
  readonly english: string;
}

const catalogue: Readonly<Record<string, Partial<Readonly<Record<Mention, string>>>>> = mentions;

export function englishMention(mention: Mention): string {
  return mentions.en[mention];
}

/** In the language of `locale` where its wording is known, else in English, and it says which. */
export function legalMention(mention: Mention, locale: string): LegalMention {
  const english = englishMention(mention);
  const written = locale.toLowerCase().split(/[-_]/)[0] ?? "en";
  const language = written === "no" ? "nb" : written;
  const own = catalogue[language]?.[mention];
  return own === undefined
    ? { text: english, language: "en", english }
    : { text: own, language, english };
}

/** British wording for a British business: gov.uk/guidance/charging-vat-on-goods-sold-direct-to-customers-in-the-uk */
export const reverseChargeToHmrc: LegalMention = {
  text: "Reverse charge: customer to account for VAT to HMRC.",
  language: "en",
  english: "Reverse charge: customer to account for VAT to HMRC.",
};
