import { createRoute, z } from "@hono/zod-openapi";
import { countUnprinted } from "../../ledger/list-labels.ts";
import { countOrders } from "../../ledger/list-orders.ts";
import { listStuck, todayInShort } from "../../ledger/list-stuck.ts";
import { storesOf } from "../access/visitor.ts";
import { money, orderCounts } from "../answers/order.ts";
import { refusals } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const moment = z.iso.datetime();

const example = z.object({
  reference: z.string(),
  shopOrder: z.string().nullable(),
  customer: z.string().nullable(),
  total: money,
  step: z.string(),
  message: z.string().nullable(),
  field: z.string().nullable().describe("The fact that is wrong: shipTo.address.postalCode"),
  since: moment,
});

const group = z
  .object({
    provider: z.string(),
    step: z.string().nullable().describe("Null when several wait for the same"),
    cause: z.string(),
    who: z.enum(["nobody", "manager", "finance", "developer"]),
    orders: z.int(),
    totals: z.array(money).readonly(),
    oldest: moment,
    dueAt: moment.nullable(),
    examples: z.array(example).readonly(),
  })
  .openapi("StuckGroup");

const stuckRoute = createRoute({
  method: "get",
  path: "/stuck",
  tags: ["inbox"],
  summary: "What stands still, grouped by its cause, and the day in short",
  request: {
    query: z.object({ since: moment.optional().describe("When today began where you are") }),
  },
  responses: {
    200: {
      description: "The inbox",
      content: {
        "application/json": {
          schema: z.object({
            groups: z.array(group).readonly(),
            counts: orderCounts,
            today: z.object({
              paid: z.int(),
              done: z.int(),
              lastDoneAt: moment.nullable(),
              lastWorkAt: moment.nullable(),
            }),
          }),
        },
      },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const countsRoute = createRoute({
  method: "get",
  path: "/counts",
  tags: ["inbox"],
  summary: "What the navigation counts",
  responses: {
    200: {
      description: "The counts",
      content: {
        "application/json": { schema: z.object({ needsPerson: z.int(), unprinted: z.int() }) },
      },
    },
  },
});

export const stuck: Resource = ({ db }) => {
  const hono = resource();
  hono.openapi(stuckRoute, async (c) => {
    const stores = storesOf(c);
    const midnight = new Date().setUTCHours(0, 0, 0, 0);
    const since = new Date(c.req.valid("query").since ?? midnight);
    const groups = await listStuck(db, stores);
    const counts = await countOrders(db, stores);
    return c.json({ groups, counts, today: await todayInShort(db, since, stores) }, 200);
  });
  hono.openapi(countsRoute, async (c) => {
    const stores = storesOf(c);
    const { attention } = await countOrders(db, stores);
    return c.json({ needsPerson: attention, unprinted: await countUnprinted(db, stores) }, 200);
  });
  return hono;
};
