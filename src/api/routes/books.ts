// The shop's own books: up to when they are closed, and closing a month.
import { createRoute, z } from "@hono/zod-openapi";
import { listBooks } from "../../ledger/close-books.ts";
import { closedMonth, closeMonth } from "../../operator/close-month.ts";
import { wishOf } from "../actor.ts";
import { json } from "../answers/json.ts";
import { decided, decisionRefusals, decisionResource, deskOf, reason } from "../decision-route.ts";
import { refuse } from "../refuse.ts";
import type { Resource } from "../resource.ts";

const books = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);
const day = z.iso.date().nullable();
const glance = z
  .object({ books, closedUntil: day, closedBy: z.string().nullable(), openSince: day })
  .openapi("BooksGlance");

const list = createRoute({
  method: "get",
  path: "/books",
  tags: ["invoices"],
  summary: "The books that Ordna keeps itself, and up to when they are closed",
  responses: {
    200: { description: "All", content: json(z.object({ books: z.array(glance) })) },
  },
});

const close = createRoute({
  method: "post",
  path: "/books/{books}/close",
  tags: ["invoices"],
  summary: "Nothing is issued into this month or an earlier one any more; it cannot be undone",
  request: {
    params: z.object({ books }),
    body: {
      required: true,
      content: json(z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/), reason })),
    },
  },
  responses: {
    200: { description: "Closed, with its sums", content: json(decided(closedMonth)) },
    ...decisionRefusals,
  },
});

export const booksResource: Resource = (options) => {
  const hono = decisionResource();
  hono.openapi(list, async (c) => c.json({ books: await listBooks(options.db) }, 200));
  hono.openapi(close, async (c) => {
    const { books } = c.req.valid("param");
    const known = await listBooks(options.db);
    if (!known.some((one) => one.books === books)) return refuse(c, 404, "No such books here.");
    const { month, reason } = c.req.valid("json");
    const wish = { ...wishOf(c, reason), books, month };
    const { number, ...made } = await closeMonth(deskOf(options), wish, new Date());
    return c.json({ decision: number, ...made }, 200);
  });
  return hono;
};
