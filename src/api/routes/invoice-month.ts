import { createRoute, z } from "@hono/zod-openapi";
import { listInvoices } from "../../ledger/list-invoices.ts";
import { storesOf } from "../access/visitor.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const moment = z.iso.datetime();
const amount = z.string().describe("Minor units");
const minor = z.object({ minor: z.string() });
const invoice = z
  .object({
    reference: z.string(),
    shopOrder: z.string().nullable(),
    invoiceNumber: z.string(),
    madeAt: moment,
    currency: z.string(),
    paid: amount,
    invoiced: amount.nullable().describe("Null when no VAT decision was kept with the order"),
    refunded: amount,
    scheme: z.string().nullable(),
    territory: z.string().nullable(),
    explanation: z.string().nullable(),
    groups: z
      .array(z.object({ ratePercent: z.string(), net: minor, vat: minor, gross: minor }))
      .readonly(),
  })
  .openapi("InvoiceAgainstPayment");

const longestMs = 93 * 24 * 3600_000;

const list = createRoute({
  method: "get",
  path: "/reports/invoices",
  tags: ["reports"],
  summary: "The invoices of a time, against what was paid",
  request: { query: z.object({ from: moment, until: moment }) },
  responses: {
    200: {
      description: "The oldest first",
      content: {
        "application/json": {
          schema: z.object({ invoices: z.array(invoice).readonly(), notYet: z.int() }),
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
    const [from, until] = [new Date(query.from), new Date(query.until)];
    if (until <= from || until.getTime() - from.getTime() > longestMs) {
      return refuse(c, 400, "until: It must be after `from`, and within three months of it");
    }
    return c.json(await listInvoices(db, { from, until, stores: storesOf(c) }), 200);
  });
  return hono;
};
