import { createRoute, z } from "@hono/zod-openapi";
import { reference } from "../answers/order.ts";
import type { KeptFile } from "../app-options.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const route = createRoute({
  method: "get",
  path: "/orders/{reference}/files/{step}",
  tags: ["orders"],
  summary: "The document that a step kept: a label, an invoice",
  request: { params: z.object({ reference, step: z.string() }) },
  responses: {
    200: {
      description: "The document",
      content: { "application/pdf": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...refusals({ 404: "There is no such file.", 410: "It was removed: its time is over" }),
  },
});

export const files: Resource = ({ openFile, customers }) =>
  resource().openapi(route, async (c) => {
    const { reference, step } = c.req.valid("param");
    const removal = await customers?.removal(reference, step);
    if (removal) {
      return refuse(
        c,
        410,
        `It was removed on ${removal.at.toISOString().slice(0, 10)}. ${removal.why}`,
      );
    }
    const kept = await openFile(reference, step);
    if (!kept) return refuse(c, 404, "There is no such file.");
    return c.body(new Uint8Array(kept.bytes), 200, headersOf(kept));
  });

const headersOf = ({ file }: KeptFile) => ({
  "content-type": file.mediaType,
  "content-disposition": `inline; filename="${file.fileName.replaceAll(/[^\w.-]/g, "_")}"`,
  "cache-control": "private, no-store",
});
