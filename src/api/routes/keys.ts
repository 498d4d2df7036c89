// Keys for programs.
import { createRoute, z } from "@hono/zod-openapi";
import { addApiKey, listApiKeys, revokeApiKey } from "../../ledger/access/api-keys.ts";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import { keyBeginning } from "../access/find-visitor.ts";
import { hashOf, newSecret } from "../access/secret.ts";
import { permissions, visitorOf } from "../access/visitor.ts";
import { json } from "../answers/json.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const key = z
  .object({
    id: z.int(),
    name: z.string(),
    hint: z.string().describe("How the key ends"),
    scopes: z.array(z.string()).readonly(),
    stores: z.array(z.string()).readonly().nullable(),
    madeBy: z.string(),
    madeAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    isRevoked: z.boolean(),
  })
  .openapi("ApiKey");

const list = createRoute({
  method: "get",
  path: "/keys",
  tags: ["keys"],
  summary: "Every key, without the key",
  responses: { 200: { description: "All", content: json(z.object({ keys: z.array(key) })) } },
});

const make = createRoute({
  method: "post",
  path: "/keys",
  tags: ["keys"],
  summary: "A new key; the answer shows it once",
  request: {
    body: {
      required: true,
      content: json(
        z.object({
          name: z.string().min(1).max(100),
          scopes: z.array(z.enum(permissions)).min(1).max(permissions.length),
          stores: z.array(z.string().max(100)).min(1).max(100).nullable().default(null),
        }),
      ),
    },
  },
  responses: {
    200: { description: "Once", content: json(z.object({ id: z.int(), key: z.string() })) },
    ...refusals({ 400: "Does not fit" }),
  },
});

const revoke = createRoute({
  method: "delete",
  path: "/keys/{id}",
  tags: ["keys"],
  summary: "A key works no more",
  request: {
    params: z.object({
      id: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    }),
  },
  responses: {
    200: { description: "From now on", content: json(z.object({ ok: z.literal(true) })) },
    ...refusals({ 404: "No such key" }),
  },
});

export const keys: Resource = ({ db }) => {
  const hono = resource();
  hono.openapi(list, async (c) => c.json({ keys: await listApiKeys(db) }, 200));
  hono.openapi(make, async (c) => {
    const { name, scopes, stores } = c.req.valid("json");
    const { actor } = visitorOf(c);
    const secret = `${keyBeginning}${newSecret()}`;
    const id = await db.transaction(async (tx) => {
      const hint = secret.slice(-4);
      const row = { name, scopes, stores, hint, hash: hashOf(secret), madeBy: actor.name };
      const made = await addApiKey(tx, row);
      const after = { id: made, name, scopes, stores };
      await recordDecision(tx, { key: newSecret(), what: "key.make", actor, after });
      return made;
    });
    return c.json({ id, key: secret }, 200);
  });
  hono.openapi(revoke, async (c) => {
    const { id } = c.req.valid("param");
    const { actor } = visitorOf(c);
    const isRevoked = await db.transaction(async (tx) => {
      if (!(await revokeApiKey(tx, id))) return false;
      await recordDecision(tx, { key: newSecret(), what: "key.revoke", actor, after: { id } });
      return true;
    });
    return isRevoked ? c.json({ ok: true as const }, 200) : refuse(c, 404, "There is no such key.");
  });
  return hono;
};
