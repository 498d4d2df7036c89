// What the shop says of itself, once: registrations and goods. Everything else follows from the order.
import type { GoodsCategory } from "./rate-on.ts";

export interface VatSettings {
  /** Where the shop is established and the goods leave from: ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Of the warehouse; needed only where it is no mainland. */
  readonly postalCode?: string;
  /** The shop's own VAT number: it stands on every invoice. "FI12345671". */
  readonly vatId?: string;
  /** True when distance sales are reported through the One Stop Shop. */
  readonly isInOss: boolean;
  /** For a shop below EUR 10 000 a year in the other states, which taxes at home. */
  readonly distanceSales?: DeclaredDistanceSales;
  /** Norway's VOEC scheme. */
  readonly voecNumber?: string;
  /** "GB123456789": British VAT at the sale up to GBP 135. */
  readonly ukVatNumber?: string;
  /** "CHE-123.456.788 MWST": Swiss VAT on every sale to Switzerland and Liechtenstein. */
  readonly swissVatNumber?: string;
  /** A Finnish shop that declares Åland's VAT itself. */
  readonly hasAlandNumber?: boolean;
  /** What kind of goods they are, where the product's metadata (`vat_category`) does not say. */
  readonly goods?: {
    /** Default: "standard". */
    readonly usually?: GoodsCategory;
    readonly bySku?: Readonly<Record<string, GoodsCategory>>;
  };
  /**
   * "as-charged" (default): a VAT that Stripe rounded line by line is taken as it is. "group": VAT is rounded once a
   * rate, and an order that Stripe rounded otherwise is held.
   */
  readonly rounding?: "as-charged" | "group";
}

/** In EUR without VAT, over all other EU states together; goods and digital services. */
export interface DeclaredDistanceSales {
  /** "4000.00" */
  readonly previousYear: string;
  readonly thisYear: string;
  /** The day on which `thisYear` was true, YYYY-MM-DD. After 31 days nobody knows. */
  readonly asOf: string;
}
