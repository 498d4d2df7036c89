import { createRoute, z } from "@hono/zod-openapi";
import { listInbox } from "../../ledger/list-inbox.ts";
import { storesOf } from "../access/visitor.ts";
import { inboxGroup, who } from "../answers/decision.ts";
import { refusals } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const list = createRoute({
  method: "get",
  path: "/inbox",
  tags: ["inbox"],
  summary: "What waits, grouped by provider, operation, cause and who can mend it",
  request: {
    query: z.object({
      who: who.optional(),
      store: z.string().max(40).optional(),
      snoozed: z.enum(["true", "false"]).optional().describe("true: also what was snoozed"),
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
            snoozed: z.int(),
          }),
        },
      },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

export const inbox: Resource = ({ db }) => {
  const hono = resource();
  hono.openapi(list, async (c) => {
    const { who: wanted, store, snoozed } = c.req.valid("query");
    const withSnoozed = snoozed === "true";
    return c.json(
      await listInbox(db, { who: wanted, store, withSnoozed, stores: storesOf(c) }),
      200,
    );
  });
  return hono;
};
