// A payment as a test or the sandbox describes it.

export interface PaymentSpec {
  /** All of Stripe's ids are made from it: [A-Za-z0-9_]. */
  readonly id: string;
  readonly kind: "checkout" | "payment-intent" | "free" | "sepa" | "thin";
  /** Whose VAT it is, and where the parcel goes. */
  readonly country: string;
  readonly locale: string;
  /** Upper or lower case. */
  readonly currency: string;
  readonly vatPercent: number;
  readonly vatInclusive: boolean;
  readonly buyer: SimulatedBuyer;
  readonly lines: readonly SimulatedLine[];
  readonly discountPercent?: number;
  readonly shippingAmount?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

export interface SimulatedBuyer {
  readonly name: string;
  readonly company?: string;
  readonly email: string;
  readonly phone?: string;
  /** As checkout collects it from a company. */
  readonly vatId?: string;
  readonly address: {
    readonly line1: string;
    readonly line2?: string;
    readonly city: string;
    readonly state?: string;
    readonly postalCode: string;
  };
}

export interface SimulatedLine {
  readonly description: string;
  readonly sku: string;
  /** In Stripe's units, with VAT when `vatInclusive`. */
  readonly unitAmount: number;
  readonly quantity: number;
  readonly weightGrams: number;
  readonly hsCode?: string;
}
