import { createRoute, z } from "@hono/zod-openapi";
import { countOrders } from "../../ledger/list-orders.ts";
import { orderCounts } from "../answers/order.ts";
import { type Resource, resource } from "../resource.ts";

const provider = z.object({
  store: z.string(),
  role: z.string(),
  provider: z.string(),
  isSimulated: z.boolean(),
});

const answer = z
  .object({
    version: z.string(),
    database: z.string(),
    queue: z.string(),
    providers: z.array(provider).readonly(),
    counts: orderCounts,
  })
  .openapi("Status");

const route = createRoute({
  method: "get",
  path: "/status",
  tags: ["status"],
  summary: "What runs here, and how many orders there are",
  responses: {
    200: { description: "Status", content: { "application/json": { schema: answer } } },
  },
});

export const status: Resource = ({ about, db }) =>
  resource().openapi(route, async (c) => c.json({ ...about, counts: await countOrders(db) }, 200));
