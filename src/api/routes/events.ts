import { createRoute, z } from "@hono/zod-openapi";
import { eventBody, listEvents } from "../../ledger/list-events.ts";
import { readEventAgain } from "../../operator/read-event-again.ts";
import { wishOf } from "../actor.ts";
import { reason } from "../decision-route.ts";
import { pageLimit } from "../paging.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";
import { withoutPeople } from "../without-people.ts";

const disposition = z.enum(["received", "opened", "joined", "ignored", "quarantined"]);
const event = z
  .object({
    id: z.string(),
    store: z.string(),
    type: z.string(),
    disposition,
    reason: z.string().nullable(),
    reference: z.string().nullable().describe("The order that it opened, or joined"),
    shopOrder: z.string().nullable(),
    deliveries: z.int(),
    receivedAt: z.iso.datetime(),
  })
  .openapi("EventGlance");

const list = createRoute({
  method: "get",
  path: "/events",
  tags: ["events"],
  summary: "What payment providers told, the newest first",
  request: {
    query: z.object({
      disposition: disposition.optional(),
      find: z
        .string()
        .regex(/^[\w:-]{1,255}$/)
        .optional()
        .describe("An event's id, or an order's reference"),
      limit: pageLimit,
      before: z
        .string()
        .max(300)
        .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\/[\w:-]{1,255}$/)
        .optional()
        .describe("`next` of the page before"),
    }),
  },
  responses: {
    200: {
      description: "A page",
      content: {
        "application/json": {
          schema: z.object({ events: z.array(event).readonly(), next: z.string().nullable() }),
        },
      },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const readAgain = createRoute({
  method: "post",
  path: "/events/{id}/read-again",
  tags: ["events"],
  summary: "Read a quarantined event again, after what it failed on was mended",
  request: {
    params: z.object({ id: z.string().regex(/^[\w:-]{1,255}$/) }),
    body: { content: { "application/json": { schema: z.object({ reason }) } } },
  },
  responses: {
    200: {
      description: "Whether it is read again, or waits already",
      content: { "application/json": { schema: z.object({ isReadAgain: z.boolean() }) } },
    },
    ...refusals({ 400: "The body does not fit", 404: "There is no such event." }),
  },
});

const payload = createRoute({
  method: "get",
  path: "/events/{id}/payload",
  tags: ["events"],
  summary: "What the event said; whom it is about and every text of a person is hidden",
  request: { params: z.object({ id: z.string().regex(/^[\w:-]{1,255}$/) }) },
  responses: {
    200: {
      description: "The event",
      content: { "application/json": { schema: z.object({ payload: z.unknown() }) } },
    },
    ...refusals({ 404: "There is no such event." }),
  },
});

export const events: Resource = ({ db, ledger, kick }) => {
  const hono = resource();
  hono.openapi(list, async (c) => c.json(await listEvents(db, c.req.valid("query")), 200));
  hono.openapi(payload, async (c) => {
    const body = await eventBody(db, c.req.valid("param").id);
    if (body === undefined) return refuse(c, 404, "There is no such event.");
    return c.json({ payload: withoutPeople(body) }, 200);
  });
  hono.openapi(readAgain, async (c) => {
    const wish = { ...wishOf(c, c.req.valid("json").reason), event: c.req.valid("param").id };
    const isReadAgain = await readEventAgain({ db, ledger }, wish);
    if (isReadAgain === undefined) return refuse(c, 404, "There is no such event.");
    if (isReadAgain) kick();
    return c.json({ isReadAgain }, 200);
  });
  return hono;
};
