// The objects of one payment without Checkout: the lines stand in the PaymentIntent's
// amount_details, before tax.

import { chargeOf, customerOf, intentOf, stripeAddress } from "./payment-parts.ts";
import type { PaymentSpec } from "./payment-spec.ts";
import { priced, total } from "./payment-sums.ts";
import type { StripeObject } from "./stripe-object.ts";

export interface BareIntent {
  readonly amount: number;
  readonly paymentIntent: StripeObject;
  readonly charge: StripeObject;
  readonly customer: StripeObject;
}

export function bareIntentObjects(spec: PaymentSpec): BareIntent {
  const pricing = { ...spec, discountPercent: spec.discountPercent ?? 0 };
  // By the piece, so that pieces times their cost make whole units. A discount is in the cost
  // already.
  const units = spec.lines.map((line) => priced(line.unitAmount, pricing));
  const data = spec.lines.map((line, i) => {
    const unit = units[i] ?? priced(0, pricing);
    return {
      id: `uli_${spec.id}_${i + 1}`,
      object: "payment_intent_amount_details_line_item",
      discount_amount: null,
      payment_method_options: null,
      // Stripe allows 12 characters.
      product_code: line.sku.slice(0, 12),
      product_name: line.description,
      quantity: line.quantity,
      tax: null,
      unit_cost: unit.total - unit.tax,
      unit_of_measure: null,
    };
  });
  const shipping = priced(spec.shippingAmount ?? 0, { ...spec, discountPercent: 0 });
  const ofLines = (field: "total" | "tax") =>
    total(units.map((unit, i) => unit[field] * (spec.lines[i]?.quantity ?? 0)));
  const amount = ofLines("total") + shipping.total;
  const intent = intentOf(spec, amount);
  const paymentIntent = {
    ...intent,
    amount_details: {
      tip: {},
      ...(spec.shippingAmount ? { shipping: shippingOf(shipping.total - shipping.tax) } : {}),
      tax: { total_tax_amount: ofLines("tax") + shipping.tax },
      line_items: {
        object: "list",
        data,
        has_more: false,
        url: `/v1/payment_intents/${intent.id}/amount_details_line_items`,
      },
    },
    metadata: { ...spec.metadata },
    receipt_email: spec.buyer.email,
    shipping: {
      address: stripeAddress(spec),
      carrier: null,
      name: spec.buyer.name,
      phone: spec.buyer.phone ?? null,
      tracking_number: null,
    },
  };
  return { amount, paymentIntent, charge: chargeOf(spec, amount), customer: customerOf(spec) };
}

function shippingOf(amount: number): unknown {
  return { amount, from_postal_code: null, to_postal_code: null };
}
