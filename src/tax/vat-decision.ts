// What was decided about the VAT of one order: all that an invoice must say of it (Directive 2006/112/EC, Art. 226).
import { z } from "zod";
import { moneySchema } from "../order/order.ts";
import { consultationSchema } from "./vat-consultation.ts";

/** The first part of the key of an accounting code: "oss/DE/19". */
export const vatSchemes = [
  "domestic",
  "oss",
  "under-threshold",
  "intra-eu",
  "export",
  "export-aland",
  "voec",
  "uk-vat",
  "swiss-vat",
] as const;

/** EN 16931, BT-151: standard or reduced rate, zero rate, intra-Community supply, export. */
export const vatCategories = ["S", "Z", "K", "G"] as const;

const amounts = { net: moneySchema, vat: moneySchema, gross: moneySchema };
const rated = {
  /** Percent without trailing zeros: "25.5". */
  ratePercent: z.string().regex(/^\d{1,3}(\.\d{1,4})?$/),
  /** Null where EN 16931 knows none: VAT of a state outside the EU, collected at the sale. */
  category: z.enum(vatCategories).nullable(),
  ...amounts,
};
/** "DE", "XI"; "ES-CN", "IT-LIVIGNO" and so on for places that VAT treats otherwise than their country. */
const placeSchema = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{2,12})?$/);

/** A sentence that must stand on the invoice. */
export const mentionSchema = z.object({
  /** In the document's language. */
  text: z.string(),
  /** BCP 47; "en" when its wording in the document's language is not known. */
  language: z.string(),
  english: z.string(),
});

export const vatDecisionSchema = z.object({
  scheme: z.enum(vatSchemes),
  /** Whose VAT it is, or whose law exempts it. */
  territory: placeSchema,
  /** Where the goods go, as VAT sees it. */
  destination: placeSchema,
  /** The day of the payment where the seller is, YYYY-MM-DD: its rates apply. Art. 226(7). */
  taxPoint: z.iso.date(),
  /** The sums of the groups; gross is the charge to the cent. */
  total: z.object(amounts),
  /** One a rate, the first one first; taxable amount and VAT as the invoice shows them. Art. 226(8) to (10). */
  groups: z.array(z.object(rated)).min(1).readonly(),
  /** Line by line, shipping last; shipping stands once for each rate that it shares. Adds up to the groups. */
  lines: z
    .array(
      z.object({
        /** Which of the order's lines, from 0; or its shipping. */
        of: z.union([z.number().int().nonnegative(), z.literal("shipping")]),
        ...rated,
      }),
    )
    .readonly(),
  /** Whether VAT was rounded once a group or line by line, as the payment provider did it. */
  rounding: z.enum(["group", "line"]),
  /** Why there is no VAT: BT-121. Art. 226(11). */
  exemption: z.object({ code: z.enum(["VATEX-EU-G", "VATEX-EU-IC"]) }).optional(),
  /** Each must stand on the invoice. */
  mentions: z.array(mentionSchema).readonly(),
  /** Under which numbers the seller accounts for it: "vat" FI…, "uk-vat" GB…, "voec", "swiss-vat". Art. 226(3). */
  sellerTaxIds: z
    .array(z.object({ type: z.string().max(50), value: z.string().max(100) }))
    .readonly(),
  /** The verified number, where the decision hangs on it. Art. 226(4). */
  buyerVatId: z.string().max(20).optional(),
  /** What VIES said, whenever it was asked: proof for the books. */
  consultation: consultationSchema.optional(),
  customsDeclarationRequired: z.boolean(),
  /** What an adviser should look at once. */
  reviews: z.array(z.string()).readonly(),
  /** Plain words for a person: "Consumer in Germany, distance sale under OSS, 19 %." */
  explanation: z.string(),
});

export type VatScheme = (typeof vatSchemes)[number];
export type VatCategory = (typeof vatCategories)[number];
export type VatDecision = Readonly<z.infer<typeof vatDecisionSchema>>;
