import { createRoute, z } from "@hono/zod-openapi";
import { listDays } from "../../ledger/list-days.ts";
import { reportOrders } from "../../ledger/report-orders.ts";
import { daysBack, timeZone } from "../answers/time.ts";
import { refusals } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const dayProof = z
  .object({
    day: z.iso.date(),
    payments: z.int(),
    orders: z.int(),
    labels: z.int(),
    invoices: z.int(),
    mails: z.int(),
    stopped: z.int(),
    holes: z
      .array(z.object({ reference: z.string(), shopOrder: z.string().nullable() }))
      .readonly(),
    holeCount: z.int(),
    unread: z.int(),
    silences: z
      .array(z.object({ from: z.string(), until: z.string() }))
      .readonly()
      .describe("When no worker was at work that day, or over its midnight"),
  })
  .openapi("DayProof");

const days = createRoute({
  method: "get",
  path: "/reports/days",
  tags: ["reports"],
  summary: "For each day payments, orders, labels, invoices and e-mails, and what is missing",
  request: { query: z.object({ days: daysBack(62), timeZone }) },
  responses: {
    200: {
      description: "The newest first",
      content: { "application/json": { schema: z.object({ days: z.array(dayProof) }) } },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const report = z
  .object({
    orders: z.int(),
    done: z.int(),
    touchless: z.int(),
    halfWithinMs: z.int().nullable(),
    mostWithinMs: z.int().nullable(),
    causes: z
      .array(
        z.object({
          cause: z.string(),
          provider: z.string(),
          orders: z.int(),
          halfWithinMs: z.int().nullable().describe("From the refusal to the end, of a half"),
        }),
      )
      .readonly(),
    perDay: z
      .array(z.object({ day: z.iso.date(), orders: z.int(), touchless: z.int() }))
      .readonly(),
  })
  .openapi("OrderReport");

const orders = createRoute({
  method: "get",
  path: "/reports/orders",
  tags: ["reports"],
  summary: "How the orders of some days went",
  request: { query: z.object({ days: daysBack(366), timeZone }) },
  responses: {
    200: { description: "The report", content: { "application/json": { schema: report } } },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

export const reports: Resource = ({ db }) => {
  const hono = resource();
  hono.openapi(days, async (c) => c.json({ days: await listDays(db, c.req.valid("query")) }, 200));
  hono.openapi(orders, async (c) => c.json(await reportOrders(db, c.req.valid("query")), 200));
  return hono;
};
