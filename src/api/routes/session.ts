// Logging in and out. A refusal never tells whether somebody has that name.
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { takeInvitation } from "../../ledger/access/invitations.ts";
import {
  countFailure,
  forgetFailures,
  secondsToWait,
} from "../../ledger/access/log-in-throttle.ts";
import {
  addPerson,
  type Credentials,
  findCredentials,
  isKnownEmail,
  keepPassword,
  type Person,
  roles,
} from "../../ledger/access/people.ts";
import { totpPlace } from "../../ledger/access/sealed-secrets.ts";
import { endSession, revealFor } from "../../ledger/access/sessions.ts";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import { dropCookie, openSession } from "../access/cookie.ts";
import { whyGuessable } from "../access/guessable-password.ts";
import { takeCode } from "../access/one-time-code.ts";
import { hashPassword, isPassword, longestPassword, shortestPassword } from "../access/password.ts";
import { hashOf, newSecret } from "../access/secret.ts";
import { permissions, visitorOf } from "../access/visitor.ts";
import { json } from "../answers/json.ts";
import type { AppOptions } from "../app-options.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

export const email = z.email().max(320).toLowerCase();
export const newPassword = z
  .string()
  .min(
    shortestPassword,
    `At least ${shortestPassword} characters: a few words are easy to remember`,
  )
  .max(longestPassword);

const me = z
  .object({
    name: z.string(),
    role: z.enum(roles).nullable(),
    permissions: z.array(z.enum(permissions)).readonly(),
    stores: z.array(z.string()).readonly().nullable(),
    isPerson: z.boolean(),
    isRevealing: z.boolean(),
  })
  .openapi("Me");
const ok = z.object({ ok: z.literal(true) });

const show = createRoute({
  method: "get",
  path: "/session",
  tags: ["session"],
  summary: "Who you are, and what you may",
  responses: { 200: { description: "You", content: json(me) }, ...refusals({ 401: "Nobody" }) },
});

const logIn = createRoute({
  method: "post",
  path: "/session",
  tags: ["session"],
  summary: "Log in",
  request: {
    body: {
      required: true,
      content: json(
        z.object({
          email,
          password: z.string().min(1).max(longestPassword),
          code: z.string().max(40).optional().describe("Of the second factor, or a recovery code"),
        }),
      ),
    },
  },
  responses: {
    200: { description: "A cookie", content: json(ok) },
    ...refusals({
      400: "Does not fit",
      401: "Wrong, whatever of it",
      429: "Too many failures: wait",
    }),
  },
});

const logOut = createRoute({
  method: "delete",
  path: "/session",
  tags: ["session"],
  summary: "Log out",
  responses: { 200: { description: "Out", content: json(ok) } },
});

const accept = createRoute({
  method: "post",
  path: "/session/accept",
  tags: ["session"],
  summary: "Accept an invitation: choose a password",
  request: {
    body: {
      required: true,
      content: json(
        z.object({
          token: z.string().max(100),
          name: z.string().min(1).max(200),
          password: newPassword,
        }),
      ),
    },
  },
  responses: {
    200: { description: "A cookie", content: json(ok) },
    ...refusals({ 400: "Does not fit", 404: "Used or too old", 409: "The e-mail is taken" }),
  },
});

const reveal = createRoute({
  method: "post",
  path: "/session/reveal",
  tags: ["session"],
  summary: "Break the glass: see personal data for 30 minutes; reason and every look are recorded",
  request: {
    body: { required: true, content: json(z.object({ reason: z.string().min(10).max(500) })) },
  },
  responses: {
    200: { description: "From now on", content: json(z.object({ minutes: z.int() })) },
    ...refusals({ 400: "No reason", 403: "Not your role" }),
  },
});

const revealMinutes = 30;
const wrong = "That does not fit together: e-mail, password or code. Try again.";

export const session: Resource = (options) => {
  const { db, access } = options;
  const hono = resource();
  hono.openapi(show, (c) => {
    const visitor = visitorOf(c);
    if (!visitor) return refuse(c, 401, "Nobody is logged in.");
    const { actor, role = null, permissions, stores, person, isRevealing = false } = visitor;
    const isPerson = person !== undefined;
    return c.json({ name: actor.name, role, permissions, stores, isPerson, isRevealing }, 200);
  });
  hono.openapi(logIn, async (c) => {
    const { email, password, code } = c.req.valid("json");
    const subject = hashOf(email);
    const waitS = await secondsToWait(db, subject);
    if (waitS > 0) {
      c.header("retry-after", String(waitS));
      return refuse(c, 429, `Too many wrong tries: wait ${waitS} seconds.`);
    }
    const found = await findCredentials(db, { email });
    const isRight = await isPassword(password, found?.password ?? null);
    const person = isRight && found ? await afterSecondFactor(options, found, code) : undefined;
    if (!person) {
      await countFailure(db, subject);
      return refuse(c, 401, wrong);
    }
    await forgetFailures(db, subject);
    await enter(c, options, person, "user.log-in");
    return c.json({ ok: true as const }, 200);
  });
  hono.openapi(logOut, async (c) => {
    const visitor = visitorOf(c);
    if (visitor?.session) await endSession(db, visitor.session);
    dropCookie(c, access.isSecure);
    return c.json({ ok: true as const }, 200);
  });
  hono.openapi(accept, async (c) => {
    const { token, name, password } = c.req.valid("json");
    const guessable = whyGuessable(password, [name]);
    if (guessable) return refuse(c, 400, `password: ${guessable}`);
    const hash = await hashPassword(password);
    const person = await db.transaction(async (tx) => {
      const invitation = await takeInvitation(tx, hashOf(token), false);
      if (!invitation) return undefined;
      const isTaken = invitation.email && (await isKnownEmail(tx, invitation.email));
      if (isTaken) return "taken" as const;
      const id = await addPerson(tx, { ...invitation, name });
      await keepPassword(tx, id, hash, undefined);
      return { id, name: invitation.email ?? name };
    });
    if (!person) return refuse(c, 404, "This link was used, or is too old. Ask for a new one.");
    if (person === "taken") {
      return refuse(c, 409, "This e-mail comes in already: log in with its password.");
    }
    await enter(c, options, person, "user.accept-invitation");
    return c.json({ ok: true as const }, 200);
  });
  hono.openapi(reveal, async (c) => {
    const { session, actor } = visitorOf(c);
    if (!session) return refuse(c, 403, "Only who is logged in as a person may do that.");
    const { reason } = c.req.valid("json");
    await db.transaction(async (tx) => {
      await revealFor(tx, session, revealMinutes);
      const after = { minutes: revealMinutes };
      await recordDecision(tx, { key: newSecret(), what: "personal.reveal", actor, reason, after });
    });
    return c.json({ minutes: revealMinutes }, 200);
  });
  return hono;
};

async function afterSecondFactor(
  { db, sealFor }: AppOptions,
  { person, totpSecret }: Credentials,
  code: string | undefined,
): Promise<{ id: number; name: string } | undefined> {
  const who = { id: person.id, name: nameOf(person) };
  if (totpSecret === null) return who;
  if (code === undefined) return undefined;
  const isTaken = await db.transaction((tx) =>
    takeCode(tx, person.id, sealFor(totpPlace(person.id)).open(totpSecret), code, new Date()),
  );
  return isTaken ? who : undefined;
}

const nameOf = ({ email, name }: Person) => email ?? name;

/** Opens the session and writes down that it was opened. */
export async function enter(
  c: Context,
  { db, access }: AppOptions,
  person: { readonly id: number; readonly name: string },
  what: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    await openSession(c, tx, person.id, access.isSecure);
    const actor = { name: person.name, origin: "page" };
    await recordDecision(tx, { key: newSecret(), what, actor });
  });
}
