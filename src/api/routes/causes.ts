import { createRoute, z } from "@hono/zod-openapi";
import { nameCause } from "../../operator/name-cause.ts";
import { wishOf } from "../actor.ts";
import { decided, decisionRefusals, decisionResource, deskOf, reason } from "../decision-route.ts";
import type { Resource } from "../resource.ts";

const naming = createRoute({
  method: "post",
  path: "/causes/name",
  tags: ["decisions"],
  summary: "Name a failure that no connector foresaw; later ones that are alike go by it",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.object({
            provider: z.string().max(40),
            operation: z.string().max(60).describe("The step of the configuration"),
            fingerprint: z.string().regex(/^[0-9a-f]{12}$/),
            name: z.string().trim().min(1, "Say what it is").max(120),
            reason,
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: "It is called so",
      content: { "application/json": { schema: decided(z.object({ name: z.string() })) } },
    },
    ...decisionRefusals,
  },
});

export const causes: Resource = (options) => {
  const hono = decisionResource();
  hono.openapi(naming, async (c) => {
    const { reason: why, ...cause } = c.req.valid("json");
    const { number, ...made } = await nameCause(deskOf(options), { ...wishOf(c, why), ...cause });
    return c.json({ decision: number, ...made }, 200);
  });
  return hono;
};
