// Hooks: other programs that are told.
import { randomBytes } from "node:crypto";
import { createRoute, z } from "@hono/zod-openapi";
import { refusedHost } from "../../connector-kit/reachable-host.ts";
import type { Queryable } from "../../ledger/database/database.ts";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import {
  addHook,
  dropHook,
  enableHook,
  hookEvents,
  listHooks,
  rotateSecret,
} from "../../ledger/hooks.ts";
import { newSecret } from "../access/secret.ts";
import { visitorOf } from "../access/visitor.ts";
import { json } from "../answers/json.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const number = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const params = z.object({ id: number });
const ok = z.object({ ok: z.literal(true) });
const noSuch = "There is no such hook.";
const hook = z
  .object({
    id: z.int(),
    url: z.string(),
    events: z.array(z.string()).readonly(),
    stores: z.array(z.string()).readonly().nullable(),
    madeAt: z.iso.datetime(),
    failingSince: z.iso.datetime().nullable(),
    disabledAt: z.iso.datetime().nullable(),
    disabledBecause: z.string().nullable(),
  })
  .openapi("Hook");
const secretShown = z.object({ id: z.int(), secret: z.string().describe("Shown once") });

const list = createRoute({
  method: "get",
  path: "/hooks",
  tags: ["hooks"],
  summary: "Every hook, without its secret",
  responses: { 200: { description: "All", content: json(z.object({ hooks: z.array(hook) })) } },
});

const add = createRoute({
  method: "post",
  path: "/hooks",
  tags: ["hooks"],
  summary: "Tell a program of facts, signed as Standard Webhooks say",
  request: {
    body: {
      required: true,
      content: json(
        z.object({
          url: z.url({ protocol: /^https?$/ }).max(2000),
          events: z.array(z.enum(hookEvents)).min(1).max(hookEvents.length),
          stores: z.array(z.string().max(100)).min(1).max(100).nullable().default(null),
        }),
      ),
    },
  },
  responses: {
    200: { description: "With its secret", content: json(secretShown) },
    ...refusals({ 400: "Does not fit, or inside this network" }),
  },
});

const drop = createRoute({
  method: "delete",
  path: "/hooks/{id}",
  tags: ["hooks"],
  summary: "Tell it nothing any more, and forget its log",
  request: { params },
  responses: { 200: { description: "Gone", content: json(ok) }, ...refusals({ 404: noSuch }) },
});

const rotate = createRoute({
  method: "post",
  path: "/hooks/{id}/rotate",
  tags: ["hooks"],
  summary: "A new secret; for a day both sign",
  request: { params },
  responses: {
    200: { description: "With its secret", content: json(secretShown) },
    ...refusals({ 404: noSuch }),
  },
});

const enable = createRoute({
  method: "post",
  path: "/hooks/{id}/enable",
  tags: ["hooks"],
  summary: "Try again after it was disabled, with everything that waits",
  request: { params },
  responses: { 200: { description: "On", content: json(ok) }, ...refusals({ 404: noSuch }) },
});

const newHookSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

export const hooks: Resource = ({ db, mayHooksStayInside = false }) => {
  const hono = resource();
  const recorded = (c: Parameters<typeof visitorOf>[0], what: string, after: object) =>
    function record(tx: Queryable) {
      return recordDecision(tx, { key: newSecret(), what, actor: visitorOf(c).actor, after });
    };
  hono.openapi(list, async (c) => c.json({ hooks: await listHooks(db) }, 200));
  hono.openapi(add, async (c) => {
    const wish = c.req.valid("json");
    const refusal = refusedHost(new URL(wish.url), mayHooksStayInside);
    if (refusal) return refuse(c, 400, `url: ${refusal}`);
    const secret = newHookSecret();
    const id = await db.transaction(async (tx) => {
      const made = await addHook(tx, { ...wish, secret });
      await recorded(c, "hook.add", { id: made, ...wish })(tx);
      return made;
    });
    return c.json({ id, secret }, 200);
  });
  hono.openapi(rotate, async (c) => {
    const { id } = c.req.valid("param");
    const secret = newHookSecret();
    const isThere = await db.transaction(async (tx) => {
      if (!(await rotateSecret(tx, id, secret))) return false;
      await recorded(c, "hook.rotate", { id })(tx);
      return true;
    });
    return isThere ? c.json({ id, secret }, 200) : refuse(c, 404, noSuch);
  });
  const changing =
    (what: string, change: (tx: Queryable, id: number) => Promise<boolean>) =>
    (c: Parameters<typeof visitorOf>[0], id: number) =>
      db.transaction(async (tx) => {
        if (!(await change(tx, id))) return false;
        await recorded(c, what, { id })(tx);
        return true;
      });
  const dropping = changing("hook.drop", dropHook);
  hono.openapi(drop, async (c) => {
    const isThere = await dropping(c, c.req.valid("param").id);
    return isThere ? c.json({ ok: true as const }, 200) : refuse(c, 404, noSuch);
  });
  const enabling = changing("hook.enable", enableHook);
  hono.openapi(enable, async (c) => {
    const isThere = await enabling(c, c.req.valid("param").id);
    return isThere ? c.json({ ok: true as const }, 200) : refuse(c, 404, noSuch);
  });
  return hono;
};
