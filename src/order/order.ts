// The Order: what was bought, by whom, where it goes and what was paid. Immutable; the shop's facts.
import { z } from "zod";

const text = (max: number) => z.string().max(max);
const maybe = (max: number) => text(max).optional();

/** Money travels through JSON as a decimal string of minor units. */
export const moneySchema = z.object({
  minor: z
    .union([z.bigint(), z.string().regex(/^-?\d{1,20}$/)])
    .transform((value) => BigInt(value)),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const addressSchema = z.object({
  line1: maybe(500),
  line2: maybe(500),
  city: maybe(200),
  state: maybe(200),
  postalCode: maybe(50),
  /** ISO 3166-1 alpha-2, upper case. */
  country: maybe(2),
});

export const partySchema = z.object({
  /** The person, as the customer wrote it. */
  name: maybe(500),
  company: maybe(500),
  email: maybe(500),
  /** As written; E.164 is made where a carrier needs it. */
  phone: maybe(100),
  address: addressSchema.optional(),
});

export const lineTaxSchema = z.object({
  /** Percent as written on the invoice: "25.5". */
  ratePercent: z.string().regex(/^\d{1,3}(\.\d{1,4})?$/),
  amount: moneySchema,
  country: maybe(2),
  /** The payment provider's reason: standard_rated, reverse_charge, zero_rated, ... */
  reason: maybe(100),
});

export const lineSchema = z.object({
  id: text(200),
  description: text(2000),
  sku: maybe(200),
  quantity: z.number().int().min(0).max(1_000_000),
  /** Before discount and (for tax-exclusive prices) before tax, as the payment provider states it. */
  subtotal: moneySchema,
  discount: moneySchema,
  /** VAT inside `total`. */
  tax: moneySchema,
  /** What was paid for the line, VAT included: net is total minus tax, for inclusive and exclusive prices alike. */
  total: moneySchema,
  taxes: z.array(lineTaxSchema).readonly(),
  /** Grams for one piece. */
  weightGrams: z.number().int().positive().optional(),
  hsCode: maybe(20),
  originCountry: maybe(2),
  /** The kind of goods for VAT, as the product says it: "book_printed". */
  vatCategory: maybe(50),
});

export const shippingSchema = z.object({
  description: text(500),
  tax: moneySchema,
  total: moneySchema,
  taxes: z.array(lineTaxSchema).readonly(),
});

export const orderSchema = z.object({
  /** Ours: A-Z0-9, derived from the payment; goes to every provider. */
  reference: z.string().regex(/^[A-Z0-9]{10,20}$/),
  store: text(100),
  payment: z.object({
    provider: text(50),
    /** The business object that makes the order unique: a Checkout Session id, else a PaymentIntent id. */
    object: text(255),
    paymentIntent: maybe(255),
    charge: maybe(255),
    /** The connected account it was paid on, if any. */
    account: maybe(255),
    livemode: z.boolean(),
  }),
  /** The shop's own order number, if the checkout carried one. */
  shopOrder: maybe(500),
  paidAt: z.iso.datetime(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z.array(lineSchema).min(1).max(10_000).readonly(),
  shipping: shippingSchema.optional(),
  /** How it travels, in the carrier's own words, when a person chose; else the carrier's rules do. */
  service: maybe(40),
  /** Until when the customer can answer; only in the run that asks. */
  answerBy: z.iso.datetime().optional(),
  discount: moneySchema,
  tax: moneySchema,
  total: moneySchema,
  /** Who worked out the VAT: the payment provider per line, only as a sum, or nobody. */
  taxSource: z.enum(["lines", "sum", "none"]),
  buyer: partySchema,
  shipTo: partySchema,
  taxIds: z.array(z.object({ type: text(50), value: text(100) })).readonly(),
  /** A BCP 47 tag and where it came from. */
  locale: z.object({ tag: text(35), source: text(50) }),
  customFields: z.record(text(200), text(1000)),
  metadata: z.record(text(200), text(1000)),
  notes: z.array(text(500)).readonly(),
});

export type Address = Readonly<z.infer<typeof addressSchema>>;
export type Party = Readonly<z.infer<typeof partySchema>>;
export type LineTax = Readonly<z.infer<typeof lineTaxSchema>>;
export type OrderLine = Readonly<z.infer<typeof lineSchema>>;
export type Shipping = Readonly<z.infer<typeof shippingSchema>>;
export type Order = Readonly<z.infer<typeof orderSchema>>;
