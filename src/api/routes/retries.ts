import { createRoute, z } from "@hono/zod-openapi";
import { loadBulk } from "../../ledger/decisions/bulk.ts";
import { cancelRetry, planRetry, retryCause } from "../../operator/retry-cause.ts";
import { wishOf } from "../actor.ts";
import { decisionRefusals, decisionResource, deskOf, reason } from "../decision-route.ts";
import type { Resource } from "../resource.ts";

const group = z.object({
  cause: z.string().max(60),
  provider: z.string().max(40),
  operation: z.string().max(60).describe("The step of the configuration"),
});
const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{12}$/)
  .describe("Of the cause `unknown`: only what is alike, as the inbox groups it");

const progress = z
  .object({
    ...group.shape,
    fingerprint: fingerprint.nullable(),
    id: z.string(),
    state: z.enum(["running", "cancelled", "done"]),
    actor: z.string(),
    reason: z.string().nullable(),
    begunAt: z.string(),
    endedAt: z.string().nullable(),
    perSecond: z.int(),
    total: z.int(),
    made: z.int(),
    again: z.int().describe("Of those made: stand still again, and wait for a person"),
    refused: z.int().describe("Could not be tried any more, e.g. because it went on by itself"),
    left: z.int().describe("Not tried, because it was cancelled"),
    waiting: z.int(),
  })
  .openapi("BulkRetry");

const plan = z.object({
  orders: z.int(),
  steps: z.int(),
  totals: z.array(z.object({ minor: z.string(), currency: z.string() })).readonly(),
  perSecond: z.int(),
  seconds: z.int(),
  cost: z.null().describe("No provider tells its prices beforehand"),
});

const begin = createRoute({
  method: "post",
  path: "/retries",
  tags: ["decisions"],
  summary: "Try again all that waits for one cause, in the background",
  request: {
    query: z.object({ preview: z.enum(["true", "false"]).optional() }),
    body: {
      content: {
        "application/json": {
          schema: group.extend({
            fingerprint: fingerprint.optional(),
            perSecond: z.int().min(1).max(50).default(5),
            reason,
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: "How far it is, or with ?preview=true what it would do",
      content: { "application/json": { schema: z.union([progress, plan]) } },
    },
    ...decisionRefusals,
  },
});

const list = createRoute({
  method: "get",
  path: "/retries",
  tags: ["decisions"],
  summary: "The newest fifty bulk retries, and how far each is",
  responses: {
    200: {
      description: "The newest first",
      content: { "application/json": { schema: z.object({ retries: z.array(progress) }) } },
    },
  },
});

const cancel = createRoute({
  method: "post",
  path: "/retries/{id}/cancel",
  tags: ["decisions"],
  summary: "Try none of the rest again; what was set going goes on",
  request: {
    params: z.object({ id: z.string().regex(/^[a-z0-9-]{8,60}$/) }),
    body: { content: { "application/json": { schema: z.object({ reason }) } } },
  },
  responses: {
    200: { description: "How far it came", content: { "application/json": { schema: progress } } },
    ...decisionRefusals,
  },
});

export const retries: Resource = (options) => {
  const hono = decisionResource();
  const desk = deskOf(options);
  hono.openapi(begin, async (c) => {
    const { perSecond, reason: why, ...wanted } = c.req.valid("json");
    if (c.req.valid("query").preview === "true") {
      return c.json(await planRetry(desk, wanted, perSecond), 200);
    }
    const begun = await retryCause(desk, { ...wishOf(c, why), ...wanted, perSecond });
    options.kick();
    return c.json(begun, 200);
  });
  hono.openapi(list, async (c) => c.json({ retries: await loadBulk(options.db) }, 200));
  hono.openapi(cancel, async (c) => {
    const wish = { ...wishOf(c, c.req.valid("json").reason), id: c.req.valid("param").id };
    return c.json(await cancelRetry(desk, wish), 200);
  });
  return hono;
};
