// Why VAT is not decided: the code for machines, and a sentence for a person.

export const holdReasons = [
  "VAT_ID_INVALID",
  "VAT_ID_UNVERIFIED",
  "OSS_REGISTRATION_MISSING",
  "TERRITORY_UNKNOWN",
  "TERRITORY_CONTRADICTORY",
  "CURRENCY_REFUSED",
  "OUT_OF_SCOPE",
  "AMOUNT_MISMATCH",
] as const;
export type HoldReason = (typeof holdReasons)[number];

export interface Held {
  readonly kind: "held";
  readonly reason: HoldReason;
  readonly why: string;
}

export function held(reason: HoldReason, why: string): Held {
  return { kind: "held", reason, why };
}
