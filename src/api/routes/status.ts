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

const pipeline = z.object({
  store: z.string(),
  trigger: z.string(),
  steps: z
    .array(
      z.object({
        name: z.string(),
        provider: z.string(),
        needs: z.array(z.string()).readonly(),
        repeat: z.string().describe("What happens when an answer is lost"),
        deadlineMs: z.number(),
      }),
    )
    .readonly(),
});

const pipelinesRoute = createRoute({
  method: "get",
  path: "/pipelines",
  tags: ["status"],
  summary: "What waits for what, as it is configured",
  responses: {
    200: {
      description: "Every pipeline of every store",
      content: {
        "application/json": { schema: z.object({ pipelines: z.array(pipeline).readonly() }) },
      },
    },
  },
});

export const status: Resource = ({ about, db }) => {
  const { version, database, queue, providers, pipelines = [] } = about;
  const hono = resource();
  hono.openapi(route, async (c) =>
    c.json({ version, database, queue, providers, counts: await countOrders(db) }, 200),
  );
  hono.openapi(pipelinesRoute, (c) => c.json({ pipelines }, 200));
  return hono;
};
