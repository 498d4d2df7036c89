// The log of what people decided.
import { createRoute, z } from "@hono/zod-openapi";
import { listDecisions } from "../../ledger/decisions/list-decisions.ts";
import { reference } from "../answers/order.ts";
import { pageLimit } from "../paging.ts";
import { refusals } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const decision = z
  .object({
    number: z.int(),
    at: z.iso.datetime(),
    what: z.string(),
    actor: z.string(),
    origin: z.string(),
    reference: z.string().nullable(),
    step: z.string().nullable(),
    reason: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    isErased: z.boolean(),
  })
  .openapi("Decision");

const route = createRoute({
  method: "get",
  path: "/decisions",
  tags: ["decisions"],
  summary: "Who decided what, the newest first",
  request: {
    query: z.object({
      limit: pageLimit,
      reference: reference.optional(),
      what: z.string().max(60).optional(),
      before: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number)
        .optional(),
    }),
  },
  responses: {
    200: {
      description: "A page",
      content: {
        "application/json": {
          schema: z.object({ decisions: z.array(decision), next: z.string().nullable() }),
        },
      },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

export const decisions: Resource = ({ db }) =>
  resource().openapi(route, async (c) => {
    const query = c.req.valid("query");
    const decisions = await listDecisions(db, query);
    const next = decisions.length === query.limit ? String(decisions.at(-1)?.number) : null;
    return c.json({ decisions, next }, 200);
  });
