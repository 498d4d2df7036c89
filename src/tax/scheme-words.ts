import type { Scheme } from "./treatment.ts";
import type { VatScheme } from "./vat-decision.ts";

/** The engine's schemes as the decision, and the accounting codes of the configuration, name them. */
export const schemeWords: Readonly<Record<Scheme, VatScheme>> = {
  DOMESTIC: "domestic",
  OSS_UNION: "oss",
  ORIGIN_UNDER_THRESHOLD: "under-threshold",
  INTRA_EU_B2B: "intra-eu",
  EXPORT: "export",
  EXPORT_ALAND_TAX_BORDER: "export-aland",
  VOEC: "voec",
  UK_VAT_POINT_OF_SALE: "uk-vat",
  CH_REGISTERED: "swiss-vat",
};
