// What ordna.config.ts says, for people to read: it is changed there.
import { createRoute, z } from "@hono/zod-openapi";
import { json } from "../answers/json.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const days = z.int().describe("Days");
const answer = z
  .object({
    stores: z
      .array(
        z.object({
          store: z.string(),
          shopName: z.string(),
          timeZone: z.string(),
          country: z.string(),
          vatNumber: z.string().nullable(),
          isInOss: z.boolean(),
          webhook: z.string().describe("Where its payment provider knocks"),
        }),
      )
      .readonly(),
    retention: z
      .object({ letters: days, labels: days, customers: days, invoices: days })
      .nullable(),
    letters: z.array(z.string()).readonly().describe("The kinds of e-mail"),
    languages: z.array(z.string()).readonly(),
  })
  .openapi("Configuration");

const show = createRoute({
  method: "get",
  path: "/configuration",
  tags: ["status"],
  summary: "Stores, retention and e-mails, as they are configured; no secret is in it",
  responses: { 200: { description: "As it is", content: json(answer) } },
});

const template = z.string().regex(/^[a-z][a-z-]{0,60}$/);
const language = z.string().regex(/^[a-zA-Z-]{2,20}$/);

const preview = createRoute({
  method: "get",
  path: "/letters/{template}/{language}",
  tags: ["status"],
  summary: "One e-mail in one language, filled with an order that nobody made",
  request: { params: z.object({ template, language }) },
  responses: {
    200: { description: "The e-mail", content: { "text/html": { schema: z.string() } } },
    ...refusals({ 404: "There is no such e-mail." }),
  },
});

/** A mail brings its own styles: it is shown in a frame under a policy of its own, where nothing runs or loads. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

export const configuration: Resource = ({ about, letters }) => {
  const hono = resource();
  hono.openapi(show, (c) =>
    c.json(
      {
        stores: about.stores ?? [],
        retention: about.retention ?? null,
        letters: letters?.templates ?? [],
        languages: letters?.languages ?? [],
      },
      200,
    ),
  );
  hono.openapi(preview, (c) => {
    const { template, language } = c.req.valid("param");
    const html = letters?.preview(template, language);
    if (html === undefined) return refuse(c, 404, "There is no such e-mail.");
    return c.html(html, 200, { "content-security-policy": policy });
  });
  return hono;
};
