// The objects of one payment through Checkout.

import { chargeOf, customerOf, intentOf, stripeAddress, unixSeconds } from "./payment-parts.ts";
import type { PaymentSpec, SimulatedLine } from "./payment-spec.ts";
import { type Priced, priced, total } from "./payment-sums.ts";
import { officialObject, template } from "./payment-template.ts";
import { at, isRecord, isStripeObject, type StripeObject } from "./stripe-object.ts";

export interface Made {
  readonly amount: number;
  readonly session: StripeObject;
  /** None when nothing is to be paid. */
  readonly paymentIntent: StripeObject | undefined;
  readonly charge: StripeObject | undefined;
  /** Customer, products, shipping rate. */
  readonly objects: readonly StripeObject[];
}

export function checkoutObjects(spec: PaymentSpec): Made {
  const isFree = spec.kind === "free";
  const discountPercent = isFree ? 100 : (spec.discountPercent ?? 0);
  const pricing = { ...spec, discountPercent };
  const sums = spec.lines.map((line) => priced(line.unitAmount * line.quantity, pricing));
  const shipping = isFree || !spec.shippingAmount ? undefined : spec.shippingAmount;
  const shippingSum =
    shipping === undefined ? undefined : priced(shipping, { ...spec, discountPercent: 0 });
  const all = shippingSum ? [...sums, shippingSum] : sums;
  const amount = total(all.map((sum) => sum.total));
  const intent = isFree ? undefined : intentOf(spec, amount);
  const charge = isFree ? undefined : chargeOf(spec, amount);
  const products = spec.lines.map((line, i) => productOf(spec, line, i));
  const items = spec.lines.map((line, i) => itemOf(spec, line, i, sums[i] ?? priced(0, pricing)));
  const session = sessionOf(spec, sums, shippingSum, amount, items);
  const objects = [customerOf(spec), ...products, ...(shippingSum ? [shippingRateOf(spec)] : [])];
  return { amount, session, paymentIntent: intent, charge, objects };
}

function sessionOf(
  spec: PaymentSpec,
  sums: readonly Priced[],
  shipping: Priced | undefined,
  amount: number,
  items: readonly StripeObject[],
): StripeObject {
  const { buyer } = spec;
  const id = `cs_test_${spec.id}`;
  const address = stripeAddress(spec);
  const tax = total([...sums, ...(shipping ? [shipping] : [])].map((sum) => sum.tax));
  const discount = total(sums.map((sum) => sum.discount));
  return {
    ...template.session,
    id,
    amount_subtotal: total(sums.map((sum) => sum.subtotal)),
    amount_total: amount,
    client_reference_id: null,
    collected_information: {
      business_name: buyer.company ?? null,
      individual_name: null,
      shipping_details: { address, name: buyer.name },
    },
    created: unixSeconds(spec) - 600,
    currency: spec.currency.toLowerCase(),
    custom_fields: [],
    customer: `cus_${spec.id}`,
    customer_details: {
      address,
      business_name: buyer.company ?? null,
      email: buyer.email,
      individual_name: null,
      name: buyer.name,
      phone: buyer.phone ?? null,
      tax_exempt: "none",
      tax_ids: spec.buyer.vatId ? [{ type: "eu_vat", value: spec.buyer.vatId }] : [],
    },
    discounts: [],
    locale: spec.locale,
    metadata: { ...spec.metadata },
    payment_intent: spec.kind === "free" ? null : `pi_${spec.id}`,
    payment_status: spec.kind === "free" ? "no_payment_required" : "paid",
    shipping_cost: shipping ? shippingCostOf(spec, shipping) : null,
    total_details: {
      amount_discount: discount,
      amount_shipping: shipping?.total ?? 0,
      amount_tax: tax,
      breakdown: { discounts: [], taxes: [] },
    },
    line_items: {
      object: "list",
      data: items,
      has_more: false,
      url: `/v1/checkout/sessions/${id}/line_items`,
    },
  };
}

function shippingCostOf(spec: PaymentSpec, sum: Priced): unknown {
  return {
    amount_subtotal: sum.subtotal,
    amount_tax: sum.tax,
    amount_total: sum.total,
    shipping_rate: `shr_${spec.id}`,
    taxes: [taxOf(spec, sum)],
  };
}

function itemOf(spec: PaymentSpec, line: SimulatedLine, index: number, sum: Priced): StripeObject {
  const like = template.items[0];
  const price = at(like, "price");
  return {
    ...like,
    id: `li_${spec.id}_${index + 1}`,
    object: "item",
    amount_discount: sum.discount,
    amount_subtotal: sum.subtotal,
    amount_tax: sum.tax,
    amount_total: sum.total,
    currency: spec.currency.toLowerCase(),
    description: line.description,
    discounts: [],
    price: {
      ...(isRecord(price) ? price : {}),
      id: `price_${spec.id}_${index + 1}`,
      currency: spec.currency.toLowerCase(),
      product: `prod_${spec.id}_${index + 1}`,
      tax_behavior: spec.vatInclusive ? "inclusive" : "exclusive",
      unit_amount: line.unitAmount,
      unit_amount_decimal: String(line.unitAmount),
    },
    quantity: line.quantity,
    taxes: [taxOf(spec, sum)],
  };
}

function taxOf(spec: PaymentSpec, sum: Priced): unknown {
  const like = at(template.items[0], "taxes");
  const rate = at(Array.isArray(like) ? like[0] : undefined, "rate");
  return {
    amount: sum.tax,
    rate: {
      ...(isRecord(rate) ? rate : {}),
      id: `txr_${spec.country}${String(spec.vatPercent).replace(".", "_")}`,
      country: spec.country,
      display_name: "VAT",
      effective_percentage: spec.vatPercent,
      inclusive: spec.vatInclusive,
      jurisdiction: spec.country,
      percentage: spec.vatPercent,
    },
    taxability_reason: spec.vatPercent === 0 ? "zero_rated" : "standard_rated",
    taxable_amount: sum.total - sum.tax,
  };
}

function productOf(spec: PaymentSpec, line: SimulatedLine, index: number): StripeObject {
  const like = at(template.items[0], "price", "product");
  return {
    ...(isStripeObject(like) ? like : {}),
    id: `prod_${spec.id}_${index + 1}`,
    object: "product",
    name: line.description,
    metadata: {
      sku: line.sku,
      weight_g: String(line.weightGrams),
      ...(line.hsCode === undefined ? {} : { hs_code: line.hsCode }),
    },
  };
}

function shippingRateOf(spec: PaymentSpec): StripeObject {
  return {
    ...officialObject("shipping_rate"),
    id: `shr_${spec.id}`,
    display_name: "Shipping",
    fixed_amount: { amount: spec.shippingAmount ?? 0, currency: spec.currency.toLowerCase() },
  };
}
