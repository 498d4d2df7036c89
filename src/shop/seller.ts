import type { CustomsSettings } from "../connector-kit/customs-declaration.ts";
import type { Products } from "../order/product-facts.ts";
import type { VatSettings } from "../tax/vat-settings.ts";
import type { DeliveryWish } from "./check-delivery.ts";

/** Who sells: what documents and messages say about the shop. */
export interface Seller {
  readonly name: string;
  /** Where invoices are dated, e.g. "Europe/Helsinki". */
  readonly timeZone: string;
  readonly vat: VatSettings;
  readonly delivery?: DeliveryWish;
  /** Without it the carrier alone asks for customs data, when it books. */
  readonly customs?: CustomsSettings | undefined;
  /** What the payment does not tell of the goods. */
  readonly products?: Products | undefined;
}
