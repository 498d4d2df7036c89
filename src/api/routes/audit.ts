import { createRoute, z } from "@hono/zod-openapi";
import { refusals } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const place = z.object({ run: z.string().max(200), step: z.string().max(40) });
const wish = z.object({ withinMs: z.number().int().positive(), after: place.optional() });
const page = z.object({
  findings: z.array(z.looseObject({})).readonly(),
  next: place.nullable().describe("Pass as `after`; null on the last page"),
});

const route = createRoute({
  method: "post",
  path: "/audit",
  tags: ["audit"],
  summary: "Look once more at providers for what was ever in doubt",
  request: { body: { required: true, content: { "application/json": { schema: wish } } } },
  responses: {
    200: { description: "A page of findings", content: { "application/json": { schema: page } } },
    ...refusals({ 400: "The wish does not fit" }),
  },
});

export const audit: Resource = ({ audit }) =>
  resource().openapi(route, async (c) => {
    const { findings = [], next } = (await audit?.(c.req.valid("json"))) ?? {};
    return c.json(
      { findings: findings.map((finding) => ({ ...finding })), next: next ?? null },
      200,
    );
  });
