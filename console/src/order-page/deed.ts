// What a person may ask for on an order's page. Each but "retry" and "release" opens a sheet first.
export const corrections = ["address", "email", "phone", "vatId", "weight", "service"] as const;
export type Correction = (typeof corrections)[number];

export type Deed =
  | { readonly kind: "mend"; readonly step: string }
  | { readonly kind: "correct"; readonly what: Correction }
  | { readonly kind: "settle" | "by-hand" | "skip" | "name"; readonly step: string }
  | {
      readonly kind:
        | "hold"
        | "cancel"
        | "credit"
        | "return"
        | "invoice-copy"
        | "ask-customer"
        | "resend"
        | "assign"
        | "note"
        | "snooze";
    };
