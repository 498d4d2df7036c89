// What was decided about the VAT of one order.
import { z } from "zod";
import { moneySchema } from "../order/order.ts";

/** The last four: VAT of the seller's own state below the threshold, and of Norway, Britain and Switzerland. */
export const vatSchemes = [
  "domestic",
  "oss",
  "export",
  "intra-eu",
  "none",
  "origin",
  "voec",
  "british",
  "swiss",
] as const;

const mentionSchema = z.object({ text: z.string(), language: z.string(), english: z.string() });

export const vatDecisionSchema = z.object({
  scheme: z.enum(vatSchemes),
  /** Whose VAT it is: ISO 3166-1 alpha-2, and XI for Northern Ireland. */
  territory: z.string().length(2),
  /** One group a rate; nets, VAT and grosses add up to the order's to the cent. */
  groups: z
    .array(
      z.object({
        ratePercent: z.string(),
        net: moneySchema,
        vat: moneySchema,
        gross: moneySchema,
      }),
    )
    .min(1)
    .readonly(),
  /** VAT per order line, in the order's sequence, then shipping if there is any; same total as the groups. */
  lines: z
    .array(z.object({ ratePercent: z.string(), vat: moneySchema, gross: moneySchema }))
    .readonly(),
  /** Plain words for a person: "Consumer in Germany, distance sale under OSS, 19 %." */
  explanation: z.string(),
  // What follows is absent in decisions that an earlier release wrote into the ledger.
  /** Where the goods go, special places told apart: "FR-RE", "AX". */
  place: z.string().optional(),
  /** The day of the payment in the seller's time zone: its rates apply. */
  taxPoint: z.string().optional(),
  /** EN 16931 (BT-151); null when none or more than one applies. */
  category: z.string().nullable().optional(),
  /** Why there is no VAT, and the sentence that must stand on the invoice. */
  exemption: z.object({ code: z.string(), mention: mentionSchema }).optional(),
  needsCustomsDeclaration: z.boolean().optional(),
  /** The verified number that an exempt supply to a business rests on. */
  buyerVatId: z.string().optional(),
});

export type VatScheme = (typeof vatSchemes)[number];
export type VatDecision = Readonly<z.infer<typeof vatDecisionSchema>>;
