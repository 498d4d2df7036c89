import { createRoute, z } from "@hono/zod-openapi";
import { wishOf } from "../actor.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const email = z.string().trim().min(3).max(500).includes("@");
const orders = z.object({ orders: z.array(z.looseObject({})).readonly() });

const exportOne = createRoute({
  method: "post",
  path: "/customers/export",
  tags: ["customers"],
  summary: "Everything that is known of one customer",
  description: "By POST, so that no address stands in a log of addresses.",
  request: {
    body: { required: true, content: { "application/json": { schema: z.object({ email }) } } },
  },
  responses: {
    200: { description: "Their orders", content: { "application/json": { schema: orders } } },
    ...refusals({ 400: "That is no e-mail address" }),
  },
});

const erasureWish = z.object({
  email,
  erase: z.boolean().default(false).describe("False only shows what would be erased"),
  reason: z.string().trim().max(1000).optional(),
});

const eraseOne = createRoute({
  method: "post",
  path: "/customers/erase",
  tags: ["customers"],
  summary: "Forget a customer, or show what would be forgotten",
  request: { body: { required: true, content: { "application/json": { schema: erasureWish } } } },
  responses: {
    200: {
      description: "What came of each order",
      content: { "application/json": { schema: orders } },
    },
    ...refusals({ 400: "The wish does not fit", 404: "There is no such address." }),
  },
});

export const customers: Resource = ({ customers }) => {
  const hono = resource();
  hono.openapi(exportOne, async (c) => {
    if (!customers) return refuse(c, 400, "This process cannot tell.");
    const found = await customers.export(c.req.valid("json").email);
    return c.json({ ...found, orders: found.orders.map((one) => ({ ...one })) }, 200);
  });
  hono.openapi(eraseOne, async (c) => {
    if (!customers) return refuse(c, 404, "There is no such address.");
    const { email, erase, reason } = c.req.valid("json");
    const found = await customers.erase(email, erase ? wishOf(c, reason) : undefined);
    return c.json({ orders: found.map((one) => ({ ...one })) }, 200);
  });
  return hono;
};
