// Netvisor's VAT code for a sale, or the setting that an accountant has to fill.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Order } from "../../order/order.ts";
import { type VatDecision, vatSchemes } from "../../tax/vat-decision.ts";

export interface VatCode {
  readonly vatCode: string;
  /** Where the sale is booked, when not where the product says. */
  readonly accountNumber?: string | undefined;
}

export const vatScope = new RegExp(
  `^(${vatSchemes.join("|")})(/[A-Z]{2}(-[A-Z0-9]{2,12})?(/\\d{1,2}(\\.\\d{1,4})?)?)?$`,
);

// None for "oss" and other states' VAT: Netvisor has no code for it; KOMY would put it on the Finnish return.
const defaults: Readonly<Record<string, VatCode>> = {
  "domestic/FI": { vatCode: "KOMY" },
  "under-threshold/FI": { vatCode: "KOMY" },
  export: { vatCode: "EUUM" },
  "export-aland": { vatCode: "EUUM" },
  "intra-eu": { vatCode: "EUMY" },
};

export function vatCodeFor(
  vatCodes: Readonly<Record<string, VatCode>>,
  vat: VatDecision,
  ratePercent: string,
  order: Order,
): VatCode {
  const rate = withoutZeros(ratePercent);
  // An exempt supply inside the EU is the seller's state's affair; what tells such sales apart is where they go.
  const place = vat.scheme === "intra-eu" ? vat.destination : vat.territory;
  const exact = `${vat.scheme}/${place}/${rate}`;
  const scopes = [exact, `${vat.scheme}/${place}`, vat.scheme];
  const code = closest(normalised(vatCodes), scopes) ?? closest(defaults, scopes);
  if (!code) {
    throw new ActionError(
      "permanent",
      `Netvisor has no VAT code for a sale to ${place} at ${rate} % (${vat.scheme}).` +
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
