// What we read of a PaymentIntent, its charge and its customer, and the pieces that a session
// shares with them.
import { z } from "zod";

export const id = z.string().min(1).max(255);
/** In Stripe's units. Beyond 2^53 JSON has already lost digits. */
export const amount = z.int();
export const unixTime = z.int().min(0).max(253_402_300_799);
export const text = z.string().nullish();
export const metadata = z.record(z.string(), z.string()).nullish();

/** An id, or the object itself when it was expanded. */
export const expandable = <T extends z.ZodType>(object: T) => z.union([id, object]);

/** The object, if it was expanded. */
export function expanded<T extends object>(value: string | T | null | undefined): T | undefined {
  return typeof value === "object" && value !== null ? value : undefined;
}

/** The id, expanded or not. */
export function idOf(value: string | { id: string } | null | undefined): string | undefined {
  return typeof value === "string" ? value : value?.id;
}

/** Every part may be null. */
export const address = z.object({
  line1: text,
  line2: text,
  city: text,
  state: text,
  postal_code: text,
  country: text,
});

const delivery = z.object({ name: text, phone: text, address: address.nullish() });

/** A deleted customer has an id and nothing else. */
export const customer = z.object({
  id,
  email: text,
  phone: text,
  preferred_locales: z.array(z.string()).nullish(),
});

export const charge = z.object({
  id,
  created: unixTime,
  currency: z.string().regex(/^[a-z]{3}$/),
  amount_captured: amount,
  amount_refunded: amount,
  payment_intent: expandable(z.object({ id })).nullish(),
  disputed: z.boolean(),
  /** Of Radar, if there was one; the charge does not say whether it is still open. */
  review: expandable(z.object({ id })).nullish(),
  billing_details: z.object({
    name: text,
    email: text,
    phone: text,
    address: address.nullish(),
    tax_id: text,
  }),
  shipping: delivery.nullish(),
});

export const refund = z.object({
  id,
  object: z.literal("refund"),
  status: text,
  charge: expandable(charge).nullish(),
});

export const paymentIntent = z.object({
  id,
  object: z.literal("payment_intent"),
  created: unixTime,
  livemode: z.boolean(),
  status: z.string().max(100),
  amount,
  amount_received: amount,
  currency: z.string().regex(/^[a-z]{3}$/),
  latest_charge: expandable(charge).nullish(),
  customer: expandable(customer).nullish(),
  receipt_email: text,
  shipping: delivery.nullish(),
  metadata,
  payment_details: z.object({ order_reference: text }).nullish(),
  amount_details: z
    .object({
      shipping: z.object({ amount: amount.nullish() }).nullish(),
      tax: z.object({ total_tax_amount: amount.nullish() }).nullish(),
      discount_amount: amount.nullish(),
    })
    .nullish(),
});

/** `unit_cost` is before tax: costs, tax and shipping less discounts make the amount. */
export const intentLine = z.object({
  id,
  product_code: text,
  product_name: z.string(),
  quantity: z.int().min(0).max(1_000_000),
  unit_cost: amount,
  discount_amount: amount.nullish(),
  tax: z.object({ total_tax_amount: amount.nullish() }).nullish(),
});

export type PaymentIntent = z.infer<typeof paymentIntent>;
export type IntentLine = z.infer<typeof intentLine>;
export type Charge = z.infer<typeof charge>;
export type StripeAddress = z.infer<typeof address>;
