// What each person may change of their own way in.
import { createRoute, z } from "@hono/zod-openapi";
import { findCredentials, findPerson, keepPassword } from "../../ledger/access/people.ts";
import { totpPlace } from "../../ledger/access/sealed-secrets.ts";
import {
  confirmTotp,
  dropTotp,
  proposedTotp,
  proposeTotp,
  takeTotpStep,
} from "../../ledger/access/second-factor.ts";
import { endOtherSessions } from "../../ledger/access/sessions.ts";
import { recordDecision } from "../../ledger/decisions/record-decision.ts";
import { whyGuessable } from "../access/guessable-password.ts";
import { newRecoveryCodes, newTotpSecret, stepOfCode, totpUri } from "../access/one-time-code.ts";
import { hashPassword, isPassword, longestPassword } from "../access/password.ts";
import { hashOf, newSecret } from "../access/secret.ts";
import { visitorOf } from "../access/visitor.ts";
import { json } from "../answers/json.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";
import { email, newPassword } from "./session.ts";

const ok = z.object({ ok: z.literal(true) });
const present = z.string().max(longestPassword).optional().describe("The one until now, if any");

const setPassword = createRoute({
  method: "post",
  path: "/account/password",
  tags: ["session"],
  summary: "Choose a password; whoever came by the welcome link also the e-mail to log in by",
  request: {
    body: {
      required: true,
      content: json(z.object({ password: newPassword, present, email: email.optional() })),
    },
  },
  responses: {
    200: { description: "From now on; other sessions end", content: json(ok) },
    ...refusals({ 400: "Does not fit", 403: "The present password is wrong" }),
  },
});

const beginTotp = createRoute({
  method: "post",
  path: "/account/second-factor",
  tags: ["session"],
  summary: "A secret for an authenticator app; it counts once a code of it was confirmed",
  responses: {
    200: {
      description: "Shown once",
      content: json(z.object({ secret: z.string(), uri: z.string() })),
    },
    ...refusals({ 403: "Not a person", 409: "There is one already" }),
  },
});

const confirm = createRoute({
  method: "post",
  path: "/account/second-factor/confirm",
  tags: ["session"],
  summary: "Confirm it by a code; the answer holds the recovery codes",
  request: { body: { required: true, content: json(z.object({ code: z.string().max(40) })) } },
  responses: {
    200: {
      description: "Shown once",
      content: json(z.object({ recoveryCodes: z.array(z.string()) })),
    },
    ...refusals({ 400: "The code is wrong", 403: "Not a person" }),
  },
});

const drop = createRoute({
  method: "delete",
  path: "/account/second-factor",
  tags: ["session"],
  summary: "Do without it; needs the password",
  request: { body: { required: true, content: json(z.object({ password: present })) } },
  responses: {
    200: { description: "From now on", content: json(ok) },
    ...refusals({ 400: "Does not fit", 403: "The password is wrong" }),
  },
});

const notPerson = "A key or a terminal has no account: log in as a person.";
const wrongPassword = "The present password is wrong.";

export const account: Resource = ({ db, sealFor }) => {
  const hono = resource();
  const isPresent = async (person: number, password: string | undefined) => {
    const stored = (await findCredentials(db, { id: person }))?.password ?? null;
    return stored === null || (await isPassword(password ?? "", stored));
  };
  hono.openapi(setPassword, async (c) => {
    const { person, session, actor } = visitorOf(c);
    if (person === undefined) return refuse(c, 403, notPerson);
    const { password, present, email } = c.req.valid("json");
    if (!(await isPresent(person, present))) return refuse(c, 403, wrongPassword);
    const known = await findPerson(db, person);
    if (!known?.email && !email) {
      return refuse(c, 400, "email: Say by which e-mail you will log in.");
    }
    const guessable = whyGuessable(password, [known?.email, email, known?.name]);
    if (guessable) return refuse(c, 400, `password: ${guessable}`);
    const hash = await hashPassword(password);
    await db.transaction(async (tx) => {
      await keepPassword(tx, person, hash, email);
      await endOtherSessions(tx, person, session);
      await recordDecision(tx, { key: newSecret(), what: "user.set-password", actor });
    });
    return c.json({ ok: true as const }, 200);
  });
  hono.openapi(beginTotp, async (c) => {
    const { person } = visitorOf(c);
    const known = person === undefined ? undefined : await findPerson(db, person);
    if (person === undefined || !known) return refuse(c, 403, notPerson);
    if (known.hasSecondFactor) return refuse(c, 409, "There is a second factor; drop it first.");
    const secret = newTotpSecret();
    await proposeTotp(db, person, sealFor(totpPlace(person)).close(secret));
    return c.json({ secret, uri: totpUri(secret, known.email ?? known.name) }, 200);
  });
  hono.openapi(confirm, async (c) => {
    const { person, session, actor } = visitorOf(c);
    if (person === undefined) return refuse(c, 403, notPerson);
    const sealed = await proposedTotp(db, person);
    const secret = sealed && sealFor(totpPlace(person)).open(sealed);
    const step = secret && stepOfCode(secret, c.req.valid("json").code, new Date());
    if (step === undefined || step === "") {
      return refuse(c, 400, "code: That is not the code. Is the clock of the telephone right?");
    }
    const recoveryCodes = newRecoveryCodes();
    await db.transaction(async (tx) => {
      await takeTotpStep(tx, person, step);
      await confirmTotp(tx, person, recoveryCodes.map(hashOf));
      await endOtherSessions(tx, person, session);
      await recordDecision(tx, { key: newSecret(), what: "user.add-second-factor", actor });
    });
    return c.json({ recoveryCodes }, 200);
  });
  hono.openapi(drop, async (c) => {
    const { person, actor } = visitorOf(c);
    if (person === undefined) return refuse(c, 403, notPerson);
    if (!(await isPresent(person, c.req.valid("json").password))) {
      return refuse(c, 403, wrongPassword);
    }
    await db.transaction(async (tx) => {
      await dropTotp(tx, person);
      await recordDecision(tx, { key: newSecret(), what: "user.drop-second-factor", actor });
    });
    return c.json({ ok: true as const }, 200);
  });
  return hono;
};
