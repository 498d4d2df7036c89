import { createRoute, z } from "@hono/zod-openapi";
import { dayInShort } from "../../ledger/day-in-short.ts";
import { countUnprinted } from "../../ledger/list-labels.ts";
import { listMended } from "../../ledger/list-mended.ts";
import { countOrders } from "../../ledger/list-orders.ts";
import { showInbox } from "../../operator/show-inbox.ts";
import { visitorOf } from "../access/visitor.ts";
import { who } from "../answers/decision.ts";
import { inboxGroup, mendedGroup } from "../answers/inbox.ts";
import { orderCounts } from "../answers/order.ts";
import { deskOf } from "../decision-route.ts";
import { refusals } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const moment = z.iso.datetime();

const list = createRoute({
  method: "get",
  path: "/inbox",
  tags: ["inbox"],
  summary: "What waits, grouped by its cause and who can mend it, what was mended, and the day",
  request: {
    query: z.object({
      who: who.optional(),
      store: z.string().max(40).optional(),
      snoozed: z.enum(["true", "false"]).optional().describe("true: also what was snoozed"),
      since: moment.optional().describe("When today began where you are"),
    }),
  },
  responses: {
    200: {
      description: "The groups, the oldest first",
      content: {
        "application/json": {
          schema: z.object({
            groups: z.array(inboxGroup).readonly(),
            needsYou: z.int().describe("Orders that need a person"),
            snoozed: z.int().describe("Orders that need one, and were put off"),
            mended: z.array(mendedGroup).readonly().describe("Today, the newest first"),
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

export const inbox: Resource = (options) => {
  const { db } = options;
  const hono = resource();
  hono.openapi(list, async (c) => {
    const { who: wanted, store, snoozed, since } = c.req.valid("query");
    const stores = visitorOf(c)?.stores ?? null;
    const begun = new Date(since ?? new Date().setUTCHours(0, 0, 0, 0));
    const query = { who: wanted, store, stores, withSnoozed: snoozed === "true" };
    const [shown, mended, counts, today] = await Promise.all([
      showInbox(deskOf(options), query),
      listMended(db, begun, stores),
      countOrders(db),
      dayInShort(db, begun, stores),
    ]);
    return c.json({ ...shown, mended, counts, today }, 200);
  });
  hono.openapi(countsRoute, async (c) => {
    const { attention } = await countOrders(db);
    return c.json({ needsPerson: attention, unprinted: await countUnprinted(db) }, 200);
  });
  return hono;
};
