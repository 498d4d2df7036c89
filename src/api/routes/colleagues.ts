// Who may be asked to look after an order.
import { createRoute, z } from "@hono/zod-openapi";
import { listPeople } from "../../ledger/access/people.ts";
import { json } from "../answers/json.ts";
import { type Resource, resource } from "../resource.ts";

const route = createRoute({
  method: "get",
  path: "/colleagues",
  tags: ["people"],
  summary: "Who may be asked to look after an order, as the log names them",
  responses: {
    200: {
      description: "Everybody who may come in",
      content: json(
        z.object({ colleagues: z.array(z.object({ id: z.string(), name: z.string() })) }),
      ),
    },
  },
});

export const colleagues: Resource = ({ db }) => {
  const hono = resource();
  hono.openapi(route, async (c) => {
    const people = (await listPeople(db)).filter(({ isDisabled }) => !isDisabled);
    const shown = people.map(({ email, name }) => ({ id: email ?? name, name }));
    return c.json({ colleagues: shown }, 200);
  });
  return hono;
};
