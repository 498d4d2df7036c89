import { createRoute, z } from "@hono/zod-openapi";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const copy = z.object({
  folder: z.string().describe("On this machine; whoever asked moves it away"),
  pausedMs: z.int(),
  facts: z.looseObject({}),
});

const route = createRoute({
  method: "post",
  path: "/backup",
  tags: ["backup"],
  summary: "Copy the embedded ledger, for `ordna backup` on the same machine",
  responses: {
    200: { description: "The copy", content: { "application/json": { schema: copy } } },
    ...refusals({ 409: "There is nothing to copy: the ledger is on PostgreSQL" }),
  },
});

export const backup: Resource = ({ copyLedger }) =>
  resource().openapi(route, async (c) => {
    const taken = await copyLedger?.();
    if (!taken) return refuse(c, 409, "The ledger is on PostgreSQL: pg_dump copies it.");
    return c.json({ ...taken, facts: { ...taken.facts } }, 200);
  });
