// What a sale is to VAT: the scheme, and what follows from it.
import type { Place } from "./territory.ts";

export type Scheme =
  | "DOMESTIC"
  | "OSS_UNION"
  | "ORIGIN_UNDER_THRESHOLD"
  | "INTRA_EU_B2B"
  | "EXPORT"
  | "EXPORT_ALAND_TAX_BORDER"
  | "VOEC"
  | "UK_VAT_POINT_OF_SALE"
  | "CH_REGISTERED";

export interface Treatment {
  readonly kind: "treatment";
  readonly scheme: Scheme;
  /** Whose rules tax or exempt it. */
  readonly territory: string;
  /** Where the goods go. */
  readonly place: Place;
  /** Whose rates apply; undefined: none, 0 %. */
  readonly rates: string | undefined;
  /** For the explanation: "distance sale under OSS". */
  readonly words: string;
  /** What must be written or done besides. */
  readonly note?: string;
  /** A business in Great Britain accounts for British VAT itself: the invoice must say so. */
  readonly isReverseCharged?: boolean;
}
