import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { sqlBooks } from "../../ledger/books.ts";
import { listDocuments } from "../../ledger/list-documents.ts";
import { storesOf } from "../access/visitor.ts";
import { pageLimit } from "../paging.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const books = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);
const number = z.string().regex(/^[A-Z0-9-]{1,40}$/);
const kind = z.enum(["invoice", "credit-note"]);
const day = z.iso.date();
const money = z.object({ minor: z.string(), currency: z.string() });
const glance = z
  .object({
    books: books.describe("Whose books: one seller"),
    number: number.describe("As it is printed"),
    kind,
    store: z.string(),
    reference: z.string().describe("The order"),
    corrects: z.string().nullable().describe("The invoice that a credit note takes back"),
    issuedOn: day,
    net: money,
    vat: money,
    gross: money.describe("Of a credit note: what is given back, above zero"),
    paidOn: day.nullable(),
  })
  .openapi("InvoiceGlance");

const list = createRoute({
  method: "get",
  path: "/invoices",
  tags: ["invoices"],
  summary: "Invoices and credit notes of the shop's own books, in the order of their numbers",
  request: {
    query: z.object({
      books: books.optional(),
      number: number.optional(),
      reference: z
        .string()
        .regex(/^[A-Z0-9]{10,20}$/)
        .optional(),
      kind: kind.optional(),
      from: day.optional().describe("Issued on this day or later"),
      until: day.optional().describe("Issued on this day or earlier"),
      limit: pageLimit,
      after: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,60}\/[A-Z0-9-]{0,20}\/\d{1,18}$/)
        .optional()
        .describe("`next` of the page before"),
    }),
  },
  responses: {
    200: {
      description: "A page",
      content: {
        "application/json": {
          schema: z.object({ invoices: z.array(glance), next: z.string().nullable() }),
        },
      },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const missing = "There is no such invoice.";
const params = z.object({ books, number });

const show = createRoute({
  method: "get",
  path: "/invoices/{books}/{number}",
  tags: ["invoices"],
  summary: "All that stands on one document, as it was issued",
  request: { params },
  responses: {
    200: {
      description: "The document",
      content: { "application/json": { schema: z.record(z.string(), z.unknown()) } },
    },
    ...refusals({ 404: missing }),
  },
});

const file = createRoute({
  method: "get",
  path: "/invoices/{books}/{number}/{format}",
  tags: ["invoices"],
  summary: "One document as PDF, or as EN 16931 e-invoice in UBL or CII",
  request: { params: params.extend({ format: z.enum(["pdf", "ubl", "cii"]) }) },
  responses: {
    200: {
      description: "The file",
      content: {
        "application/pdf": { schema: z.string() },
        "application/xml": { schema: z.string() },
      },
    },
    ...refusals({ 404: `${missing} Or it has no such form.` }),
  },
});

export const invoices: Resource = ({ db, renderDocument }) => {
  const hono = resource();
  const kept = sqlBooks(db);
  hono.openapi(list, async (c) =>
    c.json(await listDocuments(db, { ...c.req.valid("query"), stores: storesOf(c) }), 200),
  );
  hono.openapi(show, async (c) => {
    const asked = c.req.valid("param");
    const issued = await ownOnly(c, kept.find(asked.books, asked.number));
    // It is an object: whoever wrote it composed one.
    return issued
      ? c.json(issued.content as Record<string, unknown>, 200)
      : refuse(c, 404, missing);
  });
  hono.openapi(file, async (c) => {
    const { format, ...asked } = c.req.valid("param");
    const issued = await ownOnly(c, kept.find(asked.books, asked.number));
    if (!issued) return refuse(c, 404, missing);
    const document = await renderDocument?.(issued.content, format);
    if (!document) return refuse(c, 404, `${asked.number} cannot be written as ${format}.`);
    return c.body(new Uint8Array(document.bytes), 200, {
      "content-type": document.mediaType,
      "content-disposition": `attachment; filename="${document.fileName.replaceAll(/[^\w.-]/g, "_")}"`,
      "cache-control": "private, no-store",
    });
  });
  return hono;
};

/** An invoice of another store is not there, for who may not see that store. */
async function ownOnly<Issued extends { readonly store: string }>(
  c: Context,
  found: Promise<Issued | undefined>,
): Promise<Issued | undefined> {
  const [issued, stores] = [await found, storesOf(c)];
  return issued && (stores === null || stores.includes(issued.store)) ? issued : undefined;
}
