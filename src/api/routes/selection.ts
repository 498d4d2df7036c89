// One decision on the orders that a person selected in the list.
import { createRoute, z } from "@hono/zod-openapi";
import { storeOf } from "../../ledger/store-of.ts";
import { decideOnMany, type ManyDeed } from "../../operator/decide-on-many.ts";
import { visitorOf } from "../access/visitor.ts";
import { wishOf } from "../actor.ts";
import { reference } from "../answers/order.ts";
import type { AppOptions } from "../app-options.ts";
import {
  decisionRefusals,
  decisionResource,
  deskOf,
  reason,
  whyNecessary,
} from "../decision-route.ts";
import type { Resource } from "../resource.ts";

const selected = z.array(reference).min(1).max(200);

const route = createRoute({
  method: "post",
  path: "/orders/selected/decide",
  tags: ["decisions"],
  summary: "Hold the selected orders, try them again, assign or snooze them; one reason for all",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.discriminatedUnion("deed", [
            z.object({ deed: z.literal("retry"), orders: selected, reason }),
            z.object({ deed: z.literal("hold"), orders: selected, reason: whyNecessary }),
            z.object({
              deed: z.literal("assign"),
              orders: selected,
              to: z.string().trim().min(1).max(200).optional(),
              reason,
            }),
            z.object({
              deed: z.literal("snooze"),
              orders: selected,
              until: z.iso.datetime().optional(),
              reason,
            }),
          ]),
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
    const { orders, reason: why, ...asked } = c.req.valid("json");
    const own = await ofStores(options, orders, visitorOf(c)?.stores ?? null);
    const { seen: _, ...wish } = wishOf(c, why);
    const { made, refused } = await decideOnMany(deskOf(options), deedOf(asked), own, wish);
    options.kick();
    const foreign = orders.filter((one) => !own.includes(one));
    const unknown = foreign.map((one) => ({ reference: one, why: "There is no such order." }));
    return c.json({ made, refused: [...refused, ...unknown] }, 200);
  });
  return hono;
};

type Asked =
  | { readonly deed: "retry" | "hold" }
  | { readonly deed: "assign"; readonly to?: string | undefined }
  | { readonly deed: "snooze"; readonly until?: string | undefined };

function deedOf(asked: Asked): ManyDeed {
  if (asked.deed === "assign") return { deed: "assign", to: asked.to };
  if (asked.deed !== "snooze") return { deed: asked.deed };
  const until = asked.until === undefined ? undefined : new Date(asked.until);
  return { deed: "snooze", until, now: new Date() };
}

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
