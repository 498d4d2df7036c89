// Schemas of what the roles' actions put into the ledger.
import { z } from "zod";
import type { Money } from "../order/money.ts";
import { consultationSchema } from "../tax/vat-consultation.ts";

const id = z.string().min(1).max(500);
const httpsUrl = z.url({ protocol: /^https?$/ }).max(2000);

export const contactOutput = z.object({ contactId: id });
export const dealOutput = z.object({ dealId: id });
export const salesOrderOutput = z.object({ salesOrderId: id });
export const rowOutput = z.object({ rowId: id });
const bookedParcel = z.object({
  trackingNumber: z.string().regex(/^[A-Za-z0-9]{4,40}$/),
  printId: id.optional(),
});
export const bookingOutput = bookedParcel.extend({
  bookingId: id,
  trackingUrl: httpsUrl.optional(),
  service: z.string().max(50),
  moreParcels: z.array(bookedParcel).max(200).readonly().optional(),
});
export const customerOutput = z.object({ customerId: id });
/** What the books themselves say of a document: absent when they did not tell. */
const inBooks = {
  /** Of a credit note: what is given back, above zero. */
  gross: z
    .object({ minor: z.string().regex(/^-?\d{1,18}$/), currency: z.string().regex(/^[A-Z]{3}$/) })
    .optional(),
  issuedOn: z.iso.date().optional(),
};
export const invoiceOutput = z.object({ invoiceId: id, invoiceNumber: id, ...inBooks });
export const creditOutput = z.object({ creditNoteId: id, creditNoteNumber: id, ...inBooks });
export type InvoiceOutput = Readonly<z.infer<typeof invoiceOutput>>;
export type CreditOutput = Readonly<z.infer<typeof creditOutput>>;
/** As the books told it. */
export const grossOf = ({ minor, currency }: Money) => ({ minor: String(minor), currency });
export const paymentOutput = z.object({ paymentId: id });
export const messageOutput = z.object({ messageId: id });
/** With the words as they were sent, which the ledger keeps apart, for as long as it knows the customer. */
export const letterOutput = messageOutput.extend({
  said: z
    .object({
      locale: z.string(),
      template: z.string(),
      subject: z.string(),
      variables: z.record(z.string(), z.unknown()),
    })
    .optional(),
});
export const storedFileOutput = z.object({
  key: id,
  fileName: z.string().max(200),
  mediaType: z.string().max(100),
  size: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
/** An order that was opened before there was such a step has no output of it. */
export const consultationOutput = z
  .object({ consultation: consultationSchema })
  .default({ consultation: { result: "not-needed" } });
