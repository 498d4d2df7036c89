// What hooks were told, what their receivers said, and how to tell it again.
import { createRoute, z } from "@hono/zod-openapi";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import { hookPayload, listHookMessages, replayHookMessage } from "../../ledger/hook-messages.ts";
import { newSecret } from "../access/secret.ts";
import { visitorOf } from "../access/visitor.ts";
import { json } from "../answers/json.ts";
import { pageLimit } from "../paging.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const number = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const paging = z.object({ limit: pageLimit, before: number.optional() });
const oneMessage = z.object({ id: number, message: number });
const noSuch = "There is no such message.";

const tried = z.object({
  at: z.string(),
  status: z.int().nullable(),
  tookMs: z.int(),
  error: z.string().nullable(),
  answer: z.string().nullable().describe("How the receiver's answer begins"),
});
const message = z
  .object({
    id: z.int(),
    hook: z.int(),
    url: z.string(),
    type: z.string(),
    reference: z.string(),
    madeAt: z.iso.datetime(),
    state: z.enum(["waiting", "arrived", "given up"]),
    tries: z.array(tried).readonly(),
  })
  .openapi("HookMessage");
const page = z.object({ messages: z.array(message), next: z.string().nullable() });

const all = createRoute({
  method: "get",
  path: "/hooks/messages",
  tags: ["hooks"],
  summary: "What every hook was told, the newest first, with every try",
  request: { query: paging },
  responses: {
    200: { description: "A page", content: json(page) },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const log = createRoute({
  method: "get",
  path: "/hooks/{id}/messages",
  tags: ["hooks"],
  summary: "What it was told, the newest first, with every try",
  request: { params: z.object({ id: number }), query: paging },
  responses: {
    200: { description: "A page", content: json(page) },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const show = createRoute({
  method: "get",
  path: "/hooks/{id}/messages/{message}",
  tags: ["hooks"],
  summary: "What one message says",
  request: { params: oneMessage },
  responses: {
    200: { description: "Its payload", content: json(z.object({ payload: z.unknown() })) },
    ...refusals({ 404: noSuch }),
  },
});

const replay = createRoute({
  method: "post",
  path: "/hooks/{id}/messages/{message}/replay",
  tags: ["hooks"],
  summary: "The same message again, with the same id",
  request: { params: oneMessage },
  responses: {
    200: { description: "Due now", content: json(z.object({ ok: z.literal(true) })) },
    ...refusals({ 404: noSuch }),
  },
});

export const hookMessages: Resource = ({ db }) => {
  const hono = resource();
  const pageOf = async (query: Parameters<typeof listHookMessages>[1]) => {
    const found = await listHookMessages(db, { ...query, limit: query.limit + 1 });
    const messages = found.slice(0, query.limit);
    const next = found.length > query.limit ? String(messages.at(-1)?.id) : null;
    return { messages, next };
  };
  hono.openapi(all, async (c) => c.json(await pageOf(c.req.valid("query")), 200));
  hono.openapi(log, async (c) =>
    c.json(await pageOf({ ...c.req.valid("query"), hook: c.req.valid("param").id }), 200),
  );
  hono.openapi(show, async (c) => {
    const { id, message } = c.req.valid("param");
    const payload = await hookPayload(db, id, message);
    if (payload === undefined) return refuse(c, 404, noSuch);
    return c.json({ payload: JSON.parse(payload) as unknown }, 200);
  });
  hono.openapi(replay, async (c) => {
    const { id, message } = c.req.valid("param");
    const { actor } = visitorOf(c);
    const isThere = await db.transaction(async (tx) => {
      if (!(await replayHookMessage(tx, id, message))) return false;
      const after = { hook: id, message };
      await recordDecision(tx, { key: newSecret(), what: "hook.replay", actor, after });
      return true;
    });
    return isThere ? c.json({ ok: true as const }, 200) : refuse(c, 404, noSuch);
  });
  return hono;
};
