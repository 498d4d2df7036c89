// Why VAT is held, as the catalogue of causes has it: who can mend it, and in which field.
import type { Failure } from "../connector-kit/action-error.ts";
import type { HoldReason } from "../tax/hold-reason.ts";

const causes: Readonly<Record<HoldReason, Failure>> = {
  VAT_ID_INVALID: { cause: "vat_id.invalid", field: "taxIds" },
  VAT_ID_UNVERIFIED: { cause: "vat_id.unverified", field: "taxIds" },
  OSS_REGISTRATION_MISSING: { cause: "vat.registration_missing" },
  TERRITORY_UNKNOWN: { cause: "vat.territory_unknown", field: "shipTo.address.postalCode" },
  TERRITORY_CONTRADICTORY: {
    cause: "vat.territory_contradictory",
    field: "shipTo.address.postalCode",
  },
  CURRENCY_REFUSED: { cause: "order.unsupported" },
  OUT_OF_SCOPE: { cause: "vat.undecided" },
  AMOUNT_MISMATCH: { cause: "vat.amount_differs" },
};

export function holdCause(reason: HoldReason): Failure {
  return causes[reason];
}
