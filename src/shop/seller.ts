import type { VatSettings } from "../tax/vat-settings.ts";

/** Who sells: what documents and messages say about the shop. */
export interface Seller {
  readonly name: string;
  /** Where invoices are dated, e.g. "Europe/Helsinki". */
  readonly timeZone: string;
  readonly vat: VatSettings;
}
