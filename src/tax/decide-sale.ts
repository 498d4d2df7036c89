// One sale, decided or held: scheme, rates, totals, and what the invoice must say.
import { currencyProblem } from "../order/accepted-currency.ts";
import { chooseScheme } from "./choose-scheme.ts";
import { type Exemption, en16931Category, exemptionOf } from "./exemption.ts";
import { explain } from "./explain-vat.ts";
import { type Held, held } from "./hold-reason.ts";
import { type Priced, priceGroups } from "./price-groups.ts";
import { tableBegins } from "./rate-on.ts";
import type { Sale } from "./sale.ts";
import type { Treatment } from "./treatment.ts";

export interface DecidedSale {
  readonly kind: "decided";
  readonly treatment: Treatment;
  readonly priced: Priced;
  readonly category: string | null;
  readonly exemption: Exemption | undefined;
  readonly needsCustomsDeclaration: boolean;
  /** Plain words for a person: "Consumer in Germany, distance sale under OSS, 19 %." */
  readonly explanation: string;
}

export function decideSale(sale: Sale): DecidedSale | Held {
  const refused = currencyProblem(sale.currency, sale.taxPoint);
  if (refused) return held("CURRENCY_REFUSED", refused);
  if (sale.taxPoint < tableBegins) {
    return held("OUT_OF_SCOPE", `The rates before ${tableBegins} are not in the table.`);
  }
  const treatment = chooseScheme(sale);
  if (treatment.kind === "held") return treatment;
  const priced = priceGroups(sale, treatment.rates);
  if (priced.kind === "held") return priced;
  const { scheme, place } = treatment;
  return {
    kind: "decided",
    treatment,
    priced,
    category: en16931Category(scheme, priced),
    exemption: exemptionOf(scheme),
    needsCustomsDeclaration: place.vatState === undefined,
    explanation: explain(sale.buyer.isBusiness, treatment, priced),
  };
}
