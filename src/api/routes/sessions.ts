// Where somebody is logged in: their own sessions, and an owner's word that all of a person's end.
import { createRoute, z } from "@hono/zod-openapi";
import { findPerson } from "../../ledger/access/people.ts";
import { endOtherSessions, endSessionOf, listSessions } from "../../ledger/access/sessions.ts";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import { newSecret } from "../access/secret.ts";
import { visitorOf } from "../access/visitor.ts";
import { json } from "../answers/json.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const moment = z.iso.datetime();
const session = z
  .object({
    id: z.string(),
    begunAt: moment,
    usedAt: moment.describe("To the minute"),
    endsAt: moment,
    isThis: z.boolean(),
  })
  .openapi("Session");
const ok = z.object({ ok: z.literal(true) });
const notPerson = "A key or a terminal has no account: log in as a person.";
const noSession = "There is no such session.";

const show = createRoute({
  method: "get",
  path: "/account",
  tags: ["session"],
  summary: "Your own way in, and where you are logged in",
  responses: {
    200: {
      description: "You",
      content: json(
        z.object({
          name: z.string(),
          email: z.string().nullable(),
          hasPassword: z.boolean(),
          hasSecondFactor: z.boolean(),
          sessions: z.array(session),
        }),
      ),
    },
    ...refusals({ 403: "Not a person" }),
  },
});

const end = createRoute({
  method: "delete",
  path: "/account/sessions/{id}",
  tags: ["session"],
  summary: "Log out elsewhere",
  request: { params: z.object({ id: z.string().regex(/^[\w-]{16}$/) }) },
  responses: {
    200: { description: "It is over", content: json(ok) },
    ...refusals({ 403: "Not a person", 404: noSession }),
  },
});

const endOthers = createRoute({
  method: "delete",
  path: "/account/sessions",
  tags: ["session"],
  summary: "Log out everywhere else",
  responses: {
    200: { description: "Only this one is left", content: json(ok) },
    ...refusals({ 403: "Not a person" }),
  },
});

const endAllOf = createRoute({
  method: "delete",
  path: "/people/{id}/sessions",
  tags: ["people"],
  summary: "A person is logged out everywhere, and may log in again",
  request: {
    params: z.object({
      id: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    }),
  },
  responses: {
    200: { description: "Out", content: json(ok) },
    ...refusals({ 404: "There is no such person." }),
  },
});

export const sessions: Resource = ({ db }) => {
  const hono = resource();
  hono.openapi(show, async (c) => {
    const { person, session } = visitorOf(c);
    const known = person === undefined ? undefined : await findPerson(db, person);
    if (person === undefined || !known) return refuse(c, 403, notPerson);
    const { name, email, hasPassword, hasSecondFactor } = known;
    const sessions = await listSessions(db, person, session);
    return c.json({ name, email, hasPassword, hasSecondFactor, sessions }, 200);
  });
  hono.openapi(end, async (c) => {
    const { person, actor } = visitorOf(c);
    if (person === undefined) return refuse(c, 403, notPerson);
    const { id } = c.req.valid("param");
    const isEnded = await db.transaction(async (tx) => {
      if (!(await endSessionOf(tx, person, id))) return false;
      await recordDecision(tx, { key: newSecret(), what: "user.end-session", actor });
      return true;
    });
    return isEnded ? c.json({ ok: true as const }, 200) : refuse(c, 404, noSession);
  });
  hono.openapi(endOthers, async (c) => {
    const { person, actor, session } = visitorOf(c);
    if (person === undefined) return refuse(c, 403, notPerson);
    await db.transaction(async (tx) => {
      await endOtherSessions(tx, person, session);
      await recordDecision(tx, { key: newSecret(), what: "user.end-other-sessions", actor });
    });
    return c.json({ ok: true as const }, 200);
  });
  hono.openapi(endAllOf, async (c) => {
    const { id } = c.req.valid("param");
    const { actor } = visitorOf(c);
    if (!(await findPerson(db, id))) return refuse(c, 404, "There is no such person.");
    await db.transaction(async (tx) => {
      await endOtherSessions(tx, id, undefined);
      const after = { id };
      await recordDecision(tx, { key: newSecret(), what: "user.end-sessions", actor, after });
    });
    return c.json({ ok: true as const }, 200);
  });
  return hono;
};
