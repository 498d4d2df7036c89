// Owners decide who comes in, and as what.
import { createRoute, z } from "@hono/zod-openapi";
import { addInvitation } from "../../ledger/access/invitations.ts";
import { changePerson, findPerson, listPeople, roles } from "../../ledger/access/people.ts";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import { hashOf, newSecret } from "../access/secret.ts";
import { visitorOf } from "../access/visitor.ts";
import { addWelcome } from "../access/welcome.ts";
import { json } from "../answers/json.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";
import { email } from "./session.ts";

const stores = z.array(z.string().max(100)).min(1).max(100).nullable();
const person = z
  .object({
    id: z.int(),
    email: z.string().nullable(),
    name: z.string(),
    role: z.enum(roles),
    stores: z.array(z.string()).readonly().nullable().describe("Null: every store"),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    isDisabled: z.boolean(),
  })
  .openapi("Person");

const list = createRoute({
  method: "get",
  path: "/people",
  tags: ["people"],
  summary: "Everybody who may come in",
  responses: { 200: { description: "All", content: json(z.object({ people: z.array(person) })) } },
});

const change = createRoute({
  method: "patch",
  path: "/people/{id}",
  tags: ["people"],
  summary: "Another role, other stores, or out",
  request: {
    params: z.object({
      id: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    }),
    body: {
      required: true,
      content: json(
        z.strictObject({
          role: z.enum(roles).optional(),
          stores: stores.optional(),
          isDisabled: z.boolean().optional(),
        }),
      ),
    },
  },
  responses: {
    200: { description: "As it is now", content: json(person) },
    ...refusals({ 400: "Does not fit", 404: "Nobody", 409: "No owner would be left" }),
  },
});

const invite = createRoute({
  method: "post",
  path: "/invitations",
  tags: ["people"],
  summary: "A link that lets one person in once, within seven days",
  request: {
    body: {
      required: true,
      content: json(z.object({ email, role: z.enum(roles), stores: stores.default(null) })),
    },
  },
  responses: {
    200: { description: "Shown once", content: json(z.object({ link: z.string() })) },
    ...refusals({ 400: "Does not fit" }),
  },
});

const welcome = createRoute({
  method: "post",
  path: "/welcome",
  tags: ["people"],
  summary: "A welcome link for an owner who cannot log in any more; for the terminal",
  responses: {
    200: { description: "Shown once", content: json(z.object({ link: z.string() })) },
  },
});

const inviteMinutes = 7 * 24 * 60;

export const people: Resource = ({ db, publicUrl = "" }) => {
  const hono = resource();
  hono.openapi(list, async (c) => c.json({ people: await listPeople(db) }, 200));
  hono.openapi(change, async (c) => {
    const { id } = c.req.valid("param");
    const wish = c.req.valid("json");
    const before = await findPerson(db, id);
    if (!before) return refuse(c, 404, "There is no such person.");
    const { actor } = visitorOf(c);
    try {
      await db.transaction(async (tx) => {
        if (!(await changePerson(tx, id, wish))) throw new NoOwnerLeft();
        const { role, stores, isDisabled } = before;
        await recordDecision(tx, {
          key: newSecret(),
          what: "user.change",
          actor,
          asked: { id },
          before: { role, stores, isDisabled },
          after: wish,
        });
      });
    } catch (error) {
      if (error instanceof NoOwnerLeft) return refuse(c, 409, "One owner of all stores must stay.");
      throw error;
    }
    return c.json((await findPerson(db, id)) ?? before, 200);
  });
  hono.openapi(invite, async (c) => {
    const { email, role, stores } = c.req.valid("json");
    const token = newSecret();
    const { actor } = visitorOf(c);
    await db.transaction(async (tx) => {
      const invitation = { email, name: null, role, stores };
      await addInvitation(tx, hashOf(token), invitation, inviteMinutes);
      const after = { role, stores };
      await recordDecision(tx, { key: newSecret(), what: "user.invite", actor, after });
    });
    return c.json({ link: `${publicUrl}/log-in#invitation=${token}` }, 200);
  });
  hono.openapi(welcome, async (c) => {
    const { actor } = visitorOf(c);
    const token = await db.transaction(async (tx) => {
      const made = await addWelcome(tx);
      await recordDecision(tx, { key: newSecret(), what: "user.make-welcome", actor });
      return made;
    });
    return c.json({ link: `${publicUrl}/welcome?token=${token}` }, 200);
  });
  return hono;
};

class NoOwnerLeft extends Error {}
