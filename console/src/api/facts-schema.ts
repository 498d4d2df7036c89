// What was bought, by whom and where it goes. The API hands it through as the shop stated it.
import { text as bounded, z } from "./jitless-zod.ts";
import { moneySchema } from "./order-schema.ts";

const text = bounded(20_000);
const maybe = z.optional(text);

const partySchema = z.object({
  name: maybe,
  company: maybe,
  email: maybe,
  phone: maybe,
  address: z.optional(
    z.object({
      line1: maybe,
      line2: maybe,
      city: maybe,
      state: maybe,
      postalCode: maybe,
      country: maybe,
    }),
  ),
});

const taxesSchema = z.array(z.object({ ratePercent: text }));

const lineSchema = z.object({
  id: text,
  description: text,
  sku: maybe,
  quantity: z.number(),
  total: moneySchema,
  taxes: taxesSchema,
  weightGrams: z.optional(z.number()),
});

export const factsSchema = z.object({
  paidAt: z.iso.datetime(),
  payment: z.object({ provider: text, object: text, paymentIntent: maybe }),
  lines: z.array(lineSchema),
  shipping: z.optional(z.object({ description: text, total: moneySchema, taxes: taxesSchema })),
  discount: moneySchema,
  tax: moneySchema,
  total: moneySchema,
  buyer: partySchema,
  shipTo: partySchema,
  taxIds: z.array(z.object({ type: text, value: text })),
  customFields: z.record(text, text),
  notes: z.array(text),
  service: maybe,
});

export type Facts = Readonly<z.infer<typeof factsSchema>>;
export type Party = Readonly<z.infer<typeof partySchema>>;
export type Line = Readonly<z.infer<typeof lineSchema>>;
