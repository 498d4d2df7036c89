// What was learned about the buyer's VAT number, and the proof of it that is kept with the decision.
import { z } from "zod";

const text = (max: number) => z.string().max(max);

/** VIES answered. Art. 138 rests on it: the request identifier shows later who asked what, and when. */
const answeredSchema = z.object({
  /** As it was asked: "DE123456788", "EL…" for Greece, "XI…" for Northern Ireland. */
  vatId: text(20),
  /** VIES's consultation number; absent when the shop asked without a VAT number of its own. */
  requestIdentifier: text(100).optional(),
  /** Our clock, ISO date-time. */
  consultedAt: z.iso.datetime(),
  /** The day or moment as VIES wrote it. */
  requestDate: text(50).optional(),
  /** The shop's own VAT number, on whose behalf it was asked. */
  requester: text(20).optional(),
  /** As the buyer's state tells them; some states tell neither. */
  name: text(500).optional(),
  address: text(1000).optional(),
  /** True when a simulator answered: no proof of anything. */
  simulated: z.boolean(),
});

export const consultationSchema = z.discriminatedUnion("result", [
  answeredSchema.extend({ result: z.literal("valid") }),
  answeredSchema.extend({ result: z.literal("invalid") }),
  /** Not a VAT number of an EU state by its form or check digit: nobody was asked. */
  z.object({ result: z.literal("malformed"), vatId: text(100) }),
  /** No number was given, or none on which the decision hangs. */
  z.object({ result: z.literal("not-needed") }),
]);

export type VatConsultation = Readonly<z.infer<typeof consultationSchema>>;
