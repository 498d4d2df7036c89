// What we read of a Checkout Session and its line items. Fields that we do not use are not looked
// at.
import { z } from "zod";
import {
  address,
  amount,
  customer,
  expandable,
  id,
  metadata,
  paymentIntent,
  text,
  unixTime,
} from "./payment-schema.ts";

const tax = z.object({
  amount,
  rate: z.object({
    percentage: z.number().min(0).max(999),
    effective_percentage: z.number().min(0).max(999).nullish(),
    country: text,
  }),
  taxability_reason: text,
});

const product = z.object({ id, name: text, metadata });

export const lineItem = z.object({
  id,
  object: z.literal("item"),
  description: text,
  /** May be null. */
  quantity: z.int().min(0).max(1_000_000).nullish(),
  amount_subtotal: amount,
  amount_discount: amount,
  amount_tax: amount,
  amount_total: amount,
  price: z.object({ product: expandable(product).nullish() }).nullish(),
  metadata,
  taxes: z.array(tax).nullish(),
});

const customField = z.object({
  key: z.string().max(200),
  text: z.object({ value: text }).nullish(),
  numeric: z.object({ value: text }).nullish(),
  dropdown: z.object({ value: text }).nullish(),
});

export const session = z.object({
  id,
  object: z.literal("checkout.session"),
  created: unixTime,
  livemode: z.boolean(),
  mode: z.string().max(100),
  payment_status: z.string().max(100),
  /** Null in setup mode. */
  currency: z
    .string()
    .regex(/^[a-z]{3}$/)
    .nullish(),
  amount_total: amount.nullish(),
  total_details: z.object({ amount_discount: amount, amount_tax: amount }).nullish(),
  shipping_cost: z
    .object({
      amount_tax: amount,
      amount_total: amount,
      shipping_rate: expandable(z.object({ id, display_name: text })).nullish(),
      taxes: z.array(tax).nullish(),
    })
    .nullish(),
  payment_intent: expandable(paymentIntent).nullish(),
  customer: expandable(customer).nullish(),
  customer_details: z
    .object({
      name: text,
      individual_name: text,
      business_name: text,
      email: text,
      phone: text,
      address: address.nullish(),
      tax_ids: z.array(z.object({ type: text, value: text })).nullish(),
    })
    .nullish(),
  collected_information: z
    .object({
      business_name: text,
      individual_name: text,
      shipping_details: z.object({ name: text, address: address.nullish() }).nullish(),
    })
    .nullish(),
  client_reference_id: text,
  custom_fields: z.array(customField).nullish(),
  locale: text,
  metadata,
  /** Set when Stripe itself makes an invoice for this payment. */
  invoice: expandable(z.object({ id })).nullish(),
  presentment_details: z
    .object({ presentment_amount: amount, presentment_currency: z.string().regex(/^[a-z]{3}$/) })
    .nullish(),
});

export type Session = z.infer<typeof session>;
export type LineItem = z.infer<typeof lineItem>;
export type ItemTax = z.infer<typeof tax>;
