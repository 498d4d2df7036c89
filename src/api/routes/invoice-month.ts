import { createRoute, z } from "@hono/zod-openapi";
import { listInvoices } from "../../ledger/list-invoices.ts";
import { timeZone } from "../answers/time.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const day = z.iso.date();
const amount = z.string().describe("Minor units");
const minor = z.object({ minor: z.string() });
const ofOrder = z.object({ reference: z.string(), shopOrder: z.string().nullable() });
const invoice = ofOrder
  .extend({
    store: z.string(),
    invoiceNumber: z.string(),
    issuedOn: day,
    currency: z.string(),
    paid: amount,
    invoiced: amount.nullable().describe("What the books answered; null when they did not tell"),
    invoicedCurrency: z.string().nullable(),
    decided: amount.nullable().describe("The sum of the VAT decision that it was made from"),
    refunded: amount,
    credited: amount.describe("By the order's credit notes, whenever they were made"),
    scheme: z.string().nullable(),
    territory: z.string().nullable(),
    explanation: z.string().nullable(),
    groups: z
      .array(z.object({ ratePercent: z.string(), net: minor, vat: minor, gross: minor }))
      .readonly(),
  })
  .openapi("InvoiceAgainstPayment");
const creditNote = ofOrder
  .extend({
    store: z.string(),
    creditNoteNumber: z.string(),
    invoiceNumber: z.string().nullable().describe("The invoice that it takes back"),
    issuedOn: day,
    currency: z.string(),
    credited: amount.nullable(),
    refunded: amount,
  })
  .openapi("CreditNoteAgainstRefund");

const longestDays = 93;

const list = createRoute({
  method: "get",
  path: "/reports/invoices",
  tags: ["reports"],
  summary: "The invoices and credit notes of some days, against what was paid and given back",
  request: {
    query: z.object({
      from: day.describe("The first day"),
      until: day.describe("The day after the last"),
      timeZone,
    }),
  },
  responses: {
    200: {
      description: "The oldest first",
      content: {
        "application/json": {
          schema: z.object({
            invoices: z.array(invoice).readonly(),
            creditNotes: z.array(creditNote).readonly(),
            notYet: z.int(),
            waiting: z.array(ofOrder).readonly().describe("The oldest without an invoice"),
          }),
        },
      },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

export const invoiceMonth: Resource = ({ db }) => {
  const hono = resource();
  hono.openapi(list, async (c) => {
    const query = c.req.valid("query");
    const days = (Date.parse(query.until) - Date.parse(query.from)) / 86_400_000;
    if (days <= 0 || days > longestDays) {
      return refuse(c, 400, "until: It must be after `from`, and within three months of it");
    }
    return c.json(await listInvoices(db, query), 200);
  });
  return hono;
};
