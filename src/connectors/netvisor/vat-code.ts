// Netvisor's VAT code for a sale, or the setting that an accountant has to fill.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";

export interface VatCode {
  readonly vatCode: string;
  /** Where the sale is booked, when not where the product says. */
  readonly accountNumber?: string | undefined;
}

export const vatScope =
  /^(domestic|oss|export|intra-eu|none)(\/[A-Z]{2}(\/\d{1,2}(\.\d{1,4})?)?)?$/;

// None for "oss": Netvisor has no code for another country's VAT; KOMY would put it on the Finnish return.
const defaults: Readonly<Record<string, VatCode>> = {
  "domestic/FI": { vatCode: "KOMY" },
  export: { vatCode: "EUUM" },
  "intra-eu": { vatCode: "EUMY" },
};

export function vatCodeFor(
  vatCodes: Readonly<Record<string, VatCode>>,
  vat: VatDecision,
  ratePercent: string,
  order: Order,
): VatCode {
  const rate = withoutZeros(ratePercent);
  const exact = `${vat.scheme}/${vat.territory}/${rate}`;
  const scopes = [exact, `${vat.scheme}/${vat.territory}`, vat.scheme];
  const code = closest(normalised(vatCodes), scopes) ?? closest(defaults, scopes);
  if (!code) {
    throw new ActionError(
      "permanent",
      `Netvisor has no VAT code for a sale to ${vat.territory} at ${rate} % (${vat.scheme}).` +
        ` Ask the accountant, then set vatCodes["${exact}"] of netvisor().`,
      { cause: "invoice.vat_code_unknown" },
    );
  }
  if (code.vatCode === "EUMY" && order.taxIds.length === 0) {
    throw new ActionError(
      "permanent",
      "An intra-community sale (EUMY) needs the buyer's VAT number; it is never for consumers.",
      { cause: "vat.undecided", field: "taxIds" },
    );
  }
  return code;
}

function closest(codes: Readonly<Record<string, VatCode>>, scopes: readonly string[]) {
  return scopes.map((scope) => codes[scope]).find((code) => code !== undefined);
}

function normalised(vatCodes: Readonly<Record<string, VatCode>>): Record<string, VatCode> {
  const entries = Object.entries(vatCodes).map(([scope, code]): [string, VatCode] => {
    const [scheme = "", territory, rate] = scope.split("/");
    const parts = [scheme, territory, rate === undefined ? undefined : withoutZeros(rate)];
    return [parts.filter((part) => part !== undefined).join("/"), code];
  });
  return Object.fromEntries(entries);
}

/** "25.50" and "25.5" are one rate. */
export function withoutZeros(rate: string): string {
  return rate.includes(".") ? rate.replace(/\.?0+$/, "") : rate;
}
