import { createRoute, z } from "@hono/zod-openapi";
import { DecisionRefused, NoSuchOrder } from "../../ledger/decisions/decide.ts";
import { listOrders, showOrder } from "../../ledger/list-orders.ts";
import { orderStates, orderViews } from "../../ledger/order-filter.ts";
import { retryByHand } from "../../operator/retry-step.ts";
import { wishOf } from "../actor.ts";
import { orderCounts, orderDetail, orderGlance, reference } from "../answers/order.ts";
import { deskOf, reason } from "../decision-route.ts";
import { pageLimit } from "../paging.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const listQuery = z.object({
  state: z.enum(orderStates).optional(),
  view: z.enum(orderViews).optional().describe("A list that people keep coming back to"),
  since: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional()
    .openapi({ type: "string", format: "date-time" })
    .describe("Came in then or later"),
  q: z.string().max(200).optional().describe("Number, name, e-mail, tracking, invoice or amount"),
  limit: pageLimit,
  before: z
    .string()
    .regex(/^[1-9]\d{3}-\d\d-\d\dT[\d:.]{5,20}Z\/[A-Z0-9]{10,20}$/)
    .refine((text) => z.iso.datetime().safeParse(text.split("/")[0]).success, "No such moment")
    .optional()
    .describe("The `next` of the page before"),
});

const orderList = z
  .object({
    orders: z.array(orderGlance).readonly(),
    next: z.string().nullable().describe("Pass as `before`; null on the last page"),
    counts: orderCounts,
  })
  .openapi("OrderList");

const params = z.object({ reference });
const noSuchOrder = "There is no such order.";

const list = createRoute({
  method: "get",
  path: "/orders",
  tags: ["orders"],
  summary: "Orders, the newest first",
  request: { query: listQuery },
  responses: {
    200: { description: "A page", content: { "application/json": { schema: orderList } } },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const show = createRoute({
  method: "get",
  path: "/orders/{reference}",
  tags: ["orders"],
  summary: "One order with everything that happened to it",
  request: { params },
  responses: {
    200: { description: "The order", content: { "application/json": { schema: orderDetail } } },
    ...refusals({ 404: noSuchOrder }),
  },
});

const retryBody = z.object({ step: z.string().max(40).optional(), reason });
const retried = z.object({ retried: z.array(z.string()).readonly() });

const retry = createRoute({
  method: "post",
  path: "/orders/{reference}/retry",
  tags: ["orders"],
  summary: "Try a step again, or every step that waits",
  request: { params, body: { content: { "application/json": { schema: retryBody } } } },
  responses: {
    200: { description: "What is tried", content: { "application/json": { schema: retried } } },
    ...refusals({ 400: "The body does not fit", 404: noSuchOrder }),
  },
});

export const orders: Resource = (options) => {
  const { db, kick } = options;
  const hono = resource();
  hono.openapi(list, async (c) => {
    const { q, ...query } = c.req.valid("query");
    return c.json(await listOrders(db, { ...query, find: q }), 200);
  });
  hono.openapi(show, async (c) => {
    const detail = await showOrder(db, c.req.valid("param").reference);
    return detail ? c.json(detail, 200) : refuse(c, 404, noSuchOrder);
  });
  hono.openapi(retry, async (c) => {
    const { reference } = c.req.valid("param");
    const { step, reason: why } = c.req.valid("json");
    try {
      const wish = { ...wishOf(c, why), reference, step };
      const { retried } = (await retryByHand(deskOf(options), wish)).after;
      kick();
      return c.json({ retried }, 200);
    } catch (refused) {
      // It may have gone on by itself meanwhile. /steps/{step}/retry says why.
      if (refused instanceof DecisionRefused) return c.json({ retried: [] }, 200);
      if (refused instanceof NoSuchOrder) return refuse(c, 404, noSuchOrder);
      throw refused;
    }
  });
  return hono;
};
