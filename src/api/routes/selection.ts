// One decision on the orders that a person selected in the list.
import { createRoute, z } from "@hono/zod-openapi";
import { storeOf } from "../../ledger/store-of.ts";
import { decideOnMany } from "../../operator/decide-on-many.ts";
import { visitorOf } from "../access/visitor.ts";
import { wishOf } from "../actor.ts";
import { reference } from "../answers/order.ts";
import type { AppOptions } from "../app-options.ts";
import { decisionRefusals, decisionResource, deskOf, whyNecessary } from "../decision-route.ts";
import type { Resource } from "../resource.ts";

const selected = z.array(reference).min(1).max(200);

const route = createRoute({
  method: "post",
  path: "/orders/selected/decide",
  tags: ["decisions"],
  summary: "Hold the selected orders, or try all that waits in them again; one reason for all",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.object({
            deed: z.enum(["retry", "hold"]),
            orders: selected,
            reason: whyNecessary,
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: "What was decided, and where it could not be",
      content: {
        "application/json": {
          schema: z.object({
            made: z.array(z.string()),
            refused: z.array(z.object({ reference: z.string(), why: z.string() })),
          }),
        },
      },
    },
    ...decisionRefusals,
  },
});

export const selection: Resource = (options) => {
  const hono = decisionResource();
  hono.openapi(route, async (c) => {
    const { deed, orders, reason: why } = c.req.valid("json");
    const own = await ofStores(options, orders, visitorOf(c)?.stores ?? null);
    const { seen: _, ...wish } = wishOf(c, why);
    const { made, refused } = await decideOnMany(deskOf(options), deed, own, wish);
    options.kick();
    const foreign = orders.filter((one) => !own.includes(one));
    const unknown = foreign.map((one) => ({ reference: one, why: "There is no such order." }));
    return c.json({ made, refused: [...refused, ...unknown] }, 200);
  });
  return hono;
};

/** An order of another store is not there, for who may not see that store. */
async function ofStores(
  { db }: AppOptions,
  orders: readonly string[],
  stores: readonly string[] | null,
): Promise<readonly string[]> {
  if (stores === null) return orders;
  const own: string[] = [];
  for (const one of orders) {
    const store = await storeOf(db, one);
    if (store !== undefined && stores.includes(store)) own.push(one);
  }
  return own;
}
