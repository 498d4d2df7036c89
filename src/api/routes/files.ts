import { createRoute, z } from "@hono/zod-openapi";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import { newSecret } from "../access/secret.ts";
import { visitorOf } from "../access/visitor.ts";
import { reference } from "../answers/order.ts";
import { fileHeaders, linkToFile } from "../file-link.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const params = z.object({ reference, step: z.string().max(60) });
const absent = "There is no such file.";

const route = createRoute({
  method: "get",
  path: "/orders/{reference}/files/{step}",
  tags: ["orders"],
  summary: "The document that a step kept: a label, an invoice",
  request: { params },
  responses: {
    200: {
      description: "The document",
      content: { "application/pdf": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...refusals({ 404: absent, 410: "It was removed: its time is over" }),
  },
});

const link = createRoute({
  method: "post",
  path: "/orders/{reference}/files/{step}/link",
  tags: ["orders"],
  summary: "A link that opens the document without a log-in, for ten minutes",
  request: { params },
  responses: {
    200: {
      description: "For whoever holds it: a print station, a telephone",
      content: {
        "application/json": { schema: z.object({ url: z.string(), until: z.iso.datetime() }) },
      },
    },
    ...refusals({ 404: absent }),
  },
});

export const files: Resource = ({ db, sealFor, openFile, customers, publicUrl = "" }) => {
  const hono = resource();
  hono.openapi(route, async (c) => {
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
    if (!kept) return refuse(c, 404, absent);
    return c.body(new Uint8Array(kept.bytes), 200, fileHeaders(kept));
  });
  hono.openapi(link, async (c) => {
    const { reference, step } = c.req.valid("param");
    if (!(await openFile(reference, step))) return refuse(c, 404, absent);
    const { path, until } = linkToFile(sealFor, { reference, step }, new Date());
    const { actor } = visitorOf(c);
    await db.transaction((tx) =>
      recordDecision(tx, { key: newSecret(), what: "file.link", actor, reference, step }),
    );
    return c.json({ url: `${publicUrl}${path}`, until: until.toISOString() }, 200);
  });
  return hono;
};
