import { createRoute, z } from "@hono/zod-openapi";
import { storesOf } from "../access/visitor.ts";
import { changeStream } from "../change-stream.ts";
import { type Resource, resource } from "../resource.ts";

const route = createRoute({
  method: "get",
  path: "/stream",
  tags: ["stream"],
  summary: "Server-sent events: the references of orders that changed",
  responses: {
    200: {
      description: "`changed` with a JSON list of references, and a `beat` while nothing happens",
      content: { "text/event-stream": { schema: z.string() } },
    },
  },
});

export const stream: Resource = ({ db }) =>
  resource().openapi(route, (c) => changeStream(c, db, storesOf(c)));
