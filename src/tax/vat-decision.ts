// What was decided about the VAT of one order.
import { z } from "zod";
import { moneySchema } from "../order/order.ts";

export const vatSchemes = ["domestic", "oss", "export", "intra-eu", "none"] as const;

export const vatDecisionSchema = z.object({
  scheme: z.enum(vatSchemes),
  /** Whose VAT it is: ISO 3166-1 alpha-2. */
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
  /** Plain words for a person: "consumer in Germany, distance sale under OSS, 19 %". */
  explanation: z.string(),
});

export type VatScheme = (typeof vatSchemes)[number];
export type VatDecision = Readonly<z.infer<typeof vatDecisionSchema>>;
