// Why no VAT is on an invoice, in the codes of EN 16931.
import type { Priced } from "./price-groups.ts";
import type { Scheme } from "./treatment.ts";
import type { VatCategory } from "./vat-decision.ts";

export type Mention = "export" | "aland" | "intra-community";

export interface Exemption {
  readonly category: "G" | "K";
  /** The code list of the CEF: BT-121. */
  readonly code: "VATEX-EU-G" | "VATEX-EU-IC";
  readonly mention: Mention;
}

const exemptions: Readonly<Partial<Record<Scheme, Exemption>>> = {
  EXPORT: { category: "G", code: "VATEX-EU-G", mention: "export" },
  EXPORT_ALAND_TAX_BORDER: { category: "G", code: "VATEX-EU-G", mention: "aland" },
  // Goods: K, never AE. "Reverse charge" is the buyer's debt for other supplies.
  INTRA_EU_B2B: { category: "K", code: "VATEX-EU-IC", mention: "intra-community" },
};

export function exemptionOf(scheme: Scheme): Exemption | undefined {
  return exemptions[scheme];
}

const withVatOfOthers: readonly Scheme[] = ["VOEC", "UK_VAT_POINT_OF_SALE", "CH_REGISTERED"];

/** Of one rate; null where EN 16931 knows none. */
export function categoryOf(scheme: Scheme, ratePercent: string): VatCategory | null {
  const exemption = exemptions[scheme];
  if (exemption) return exemption.category;
  if (withVatOfOthers.includes(scheme)) return null;
  return ratePercent === "0" ? "Z" : "S";
}

/** Of the document; null when none or more than one applies. */
export function en16931Category(scheme: Scheme, { groups }: Pick<Priced, "groups">) {
  const categories = new Set(groups.map(({ ratePercent }) => categoryOf(scheme, ratePercent)));
  const [only, ...others] = categories;
  return others.length === 0 ? (only ?? null) : null;
}
