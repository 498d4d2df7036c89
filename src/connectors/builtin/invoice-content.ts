// All that stands on one invoice or credit note. It is kept as it was issued, and every format is made from it alone.
import { z } from "zod";
import { moneySchema } from "../../order/order.ts";
import { mentionSchema, vatCategories } from "../../tax/vat-decision.ts";

const text = z.string().max(2000);
const decimal = z.string().regex(/^-?\d{1,18}(\.\d{1,8})?$/);
const day = z.iso.date();

export const partySchema = z.object({
  name: text,
  /** The person in a company. */
  contact: text.optional(),
  /** Art. 226(3) and (4). */
  vatId: text.optional(),
  /** Of the trade register. */
  companyId: text.optional(),
  email: text.optional(),
  phone: text.optional(),
  address: z.object({
    line1: text.optional(),
    line2: text.optional(),
    postalCode: text.optional(),
    city: text.optional(),
    state: text.optional(),
    country: z.string().length(2),
  }),
});

const amounts = { net: moneySchema, vat: moneySchema, gross: moneySchema };
const rated = {
  ratePercent: z.string(),
  /** EN 16931, BT-151; null for VAT of a state that it does not know. */
  category: z.enum(vatCategories).nullable(),
  ...amounts,
};

const lineSchema = z.object({
  name: text,
  sku: text.optional(),
  /** Below zero for what is taken off: a price is never negative (BR-27). */
  quantity: z.number().int(),
  /** Without VAT, discounts taken off, with as many decimals as the line needs. */
  unitPrice: decimal,
  /** Part of the price that was not asked, as the checkout states it. */
  discount: moneySchema.optional(),
  ...rated,
});

export const invoiceContentSchema = z.object({
  version: z.literal(1),
  kind: z.enum(["invoice", "credit-note"]),
  number: z.string(),
  issuedOn: day,
  /** Of the document's words. */
  language: z.string(),
  /** Of its numbers and dates. */
  locale: z.string(),
  currency: z.string().length(3),
  seller: partySchema,
  /** Other numbers under which the seller accounts for this sale: VOEC, of the United Kingdom, of Switzerland. */
  sellerTaxIds: z.array(z.object({ type: z.string(), value: z.string() })),
  buyer: partySchema,
  deliverTo: partySchema,
  reference: z.string(),
  shopOrder: text.optional(),
  /** When the goods left, as far as the books know: the day of the invoice. Art. 226(7). */
  suppliedOn: day,
  /** When it was paid, and so its tax point. Art. 65 and 226(7). */
  paidOn: day,
  /** The invoice that a credit note takes back. Art. 219. */
  corrects: z.object({ number: z.string(), issuedOn: day }).optional(),
  lines: z.array(lineSchema).min(1),
  groups: z.array(z.object(rated)).min(1),
  total: z.object(amounts),
  /** Paid before the document was issued; of a credit note: given back. */
  settled: moneySchema,
  open: moneySchema,
  /** BT-121 */
  exemptionCode: z.string().optional(),
  mentions: z.array(mentionSchema),
  /** Art. 230: the VAT in the seller's own currency, where the invoice is in another. */
  ownCurrency: z.object({ vat: moneySchema, rate: decimal, source: text, day }).optional(),
});

export type InvoiceContent = Readonly<z.infer<typeof invoiceContentSchema>>;
export type ContentLine = InvoiceContent["lines"][number];
export type ContentParty = InvoiceContent["seller"];
