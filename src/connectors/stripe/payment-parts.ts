// What a payment through Checkout and a bare one have in common.

import type { PaymentSpec } from "./payment-spec.ts";
import { officialObject, template } from "./payment-template.ts";
import type { StripeObject } from "./stripe-object.ts";

export function unixSeconds({ createdAt }: PaymentSpec): number {
  return Math.floor(createdAt.getTime() / 1000);
}

export function stripeAddress({ buyer, country }: PaymentSpec): Readonly<Record<string, unknown>> {
  const { line1, line2 = null, city, state = null, postalCode } = buyer.address;
  return { line1, line2, city, state, postal_code: postalCode, country };
}

export function customerOf(spec: PaymentSpec): StripeObject {
  return {
    ...officialObject("customer"),
    id: `cus_${spec.id}`,
    created: unixSeconds(spec) - 600,
    currency: spec.currency.toLowerCase(),
    discount: null,
    email: spec.buyer.email,
    name: spec.buyer.name,
    phone: spec.buyer.phone ?? null,
    preferred_locales: [spec.locale],
    shipping: null,
  };
}

export function intentOf(spec: PaymentSpec, amount: number): StripeObject {
  return {
    ...template.paymentIntent,
    id: `pi_${spec.id}`,
    amount,
    amount_received: amount,
    client_secret: `pi_${spec.id}_secret_simulated`,
    created: unixSeconds(spec) - 60,
    currency: spec.currency.toLowerCase(),
    customer: `cus_${spec.id}`,
    latest_charge: `ch_${spec.id}`,
    payment_method_types: [spec.kind === "sepa" ? "sepa_debit" : "card"],
  };
}

export function chargeOf(spec: PaymentSpec, amount: number): StripeObject {
  const { buyer } = spec;
  return {
    ...template.charge,
    id: `ch_${spec.id}`,
    amount,
    amount_captured: amount,
    billing_details: {
      address: stripeAddress(spec),
      email: buyer.email,
      name: buyer.name,
      phone: buyer.phone ?? null,
      tax_id: null,
    },
    created: unixSeconds(spec) - 5,
    currency: spec.currency.toLowerCase(),
    customer: `cus_${spec.id}`,
    payment_intent: `pi_${spec.id}`,
  };
}
