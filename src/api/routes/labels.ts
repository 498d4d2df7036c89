import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Database } from "../../ledger/database/database.ts";
import { listPrinted, listUnprinted, markPrinted } from "../../ledger/list-labels.ts";
import { ordersOf } from "../../ledger/store-of.ts";
import { storesOf } from "../access/visitor.ts";
import { reference } from "../answers/order.ts";
import type { AppOptions } from "../app-options.ts";
import { mergePdfs } from "../merge-pdfs.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const moment = z.iso.datetime();
const label = z
  .object({
    reference: z.string(),
    step: z.string(),
    shopOrder: z.string().nullable(),
    customer: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    service: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    madeAt: moment,
    printedAt: moment.nullable(),
    printedBy: z.string().nullable(),
    lines: z.array(z.object({ description: z.string(), quantity: z.int() })).readonly(),
  })
  .openapi("Label");

/** That wait, and that were printed last: what was printed in one go is all there to be printed again. */
const mostLabels = 200;
const chosen = z.object({
  labels: z
    .array(z.object({ reference, step: z.string().min(1).max(80) }))
    .min(1)
    .max(mostLabels),
});
type Chosen = z.infer<typeof chosen>["labels"];
const body = { content: { "application/json": { schema: chosen } } };

const list = createRoute({
  method: "get",
  path: "/labels",
  tags: ["labels"],
  summary: "Labels that are not printed, and those that were printed last",
  responses: {
    200: {
      description: "Both lists",
      content: {
        "application/json": {
          schema: z.object({
            unprinted: z.array(label).readonly(),
            printed: z.array(label).readonly(),
          }),
        },
      },
    },
  },
});

const pdf = createRoute({
  method: "post",
  path: "/labels/pdf",
  tags: ["labels"],
  summary: "Labels as one PDF, in the order asked for; nothing is marked",
  request: { body },
  responses: {
    200: { description: "The PDF", content: { "application/pdf": { schema: z.any() } } },
    ...refusals({
      400: "The body does not fit",
      404: "No label is there",
      409: "A label is no PDF",
    }),
  },
});

const zpl = createRoute({
  method: "post",
  path: "/labels/zpl",
  tags: ["labels"],
  summary: "Labels in the printer's own language, one after the other",
  request: { body },
  responses: {
    200: { description: "ZPL", content: { "text/plain": { schema: z.string() } } },
    ...refusals({
      400: "The body does not fit",
      404: "No label is there",
      409: "A label is a PDF",
    }),
  },
});

const printed = createRoute({
  method: "post",
  path: "/labels/printed",
  tags: ["labels"],
  summary: "Mark labels as printed, for the first time or once more",
  request: { body },
  responses: {
    200: {
      description: "They are marked",
      content: { "application/json": { schema: z.object({ printed: z.int() }) } },
    },
    ...refusals({ 400: "The body does not fit" }),
  },
});

export const labels: Resource = (options) => {
  const hono = resource();
  const { db } = options;
  hono.openapi(list, async (c) =>
    c.json(
      {
        unprinted: await listUnprinted(db, mostLabels, storesOf(c)),
        printed: await listPrinted(db, mostLabels, storesOf(c)),
      },
      200,
    ),
  );
  hono.openapi(pdf, async (c) => {
    const files = await open(options, await ownOnly(c, db, c.req.valid("json").labels));
    if (files.length === 0) return refuse(c, 404, "None of these labels is there any more.");
    if (files.some(({ file }) => file.mediaType !== "application/pdf")) {
      return refuse(
        c,
        409,
        "These labels are no PDFs: download them as ZPL for the label printer.",
      );
    }
    return c.body(new Uint8Array(await mergePdfs(files.map(({ bytes }) => bytes))), 200, {
      "content-type": "application/pdf",
      "content-disposition": 'inline; filename="labels.pdf"',
      "cache-control": "private, no-store",
    });
  });
  hono.openapi(zpl, async (c) => {
    const files = await open(options, await ownOnly(c, db, c.req.valid("json").labels));
    if (files.length === 0) return refuse(c, 404, "None of these labels is there any more.");
    if (files.some(({ file }) => file.mediaType === "application/pdf")) {
      return refuse(c, 409, "These labels are PDFs: for ZPL, choose it at the carrier's settings.");
    }
    const text = files.map(({ bytes }) => new TextDecoder().decode(bytes)).join("\n");
    return c.text(text, 200, { "cache-control": "private, no-store" });
  });
  hono.openapi(printed, async (c) => {
    const labels = await ownOnly(c, db, c.req.valid("json").labels);
    await markPrinted(db, labels, options.whoAsks?.(c) ?? "the page");
    return c.json({ printed: labels.length }, 200);
  });
  return hono;
};

async function open({ openFile }: AppOptions, labels: Chosen) {
  const files = await Promise.all(labels.map(({ reference, step }) => openFile(reference, step)));
  return files.filter((file) => file !== undefined);
}

/** Those of other stores are not there, for who may not see them. */
async function ownOnly(c: Context, db: Database, labels: Chosen): Promise<Chosen> {
  const own = await ordersOf(
    db,
    labels.map((label) => label.reference),
    storesOf(c),
  );
  return labels.filter((label) => own.includes(label.reference));
}
