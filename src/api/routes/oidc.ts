// Logging in with a company's own accounts. Only who is a person here, or was invited, comes in.
import { createRoute, z } from "@hono/zod-openapi";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { takeInvitationOf } from "../../ledger/access/invitations.ts";
import { addPerson, bindOidc, findCredentials } from "../../ledger/access/people.ts";
import type { Queryable } from "../../ledger/database/database.ts";
import { errandSchema, type Identity, oidcClient } from "../access/oidc.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";
import { enter } from "./session.ts";

const cookie = "ordna-errand";
const none = "No company account is set up here.";
const html = { "text/html": { schema: z.string() } };

const available = createRoute({
  method: "get",
  path: "/oidc/available",
  tags: ["session"],
  summary: "Whether people may log in with their company's account",
  responses: {
    200: {
      description: "They may",
      content: { "application/json": { schema: z.object({ ok: z.literal(true) }) } },
    },
    ...refusals({ 404: none }),
  },
});

const start = createRoute({
  method: "get",
  path: "/oidc/start",
  tags: ["session"],
  summary: "Go to the issuer",
  responses: { 302: { description: "To the issuer" }, ...refusals({ 404: none }) },
});

const callback = createRoute({
  method: "get",
  path: "/oidc/callback",
  tags: ["session"],
  summary: "Come back from the issuer",
  responses: {
    200: { description: "Logged in", content: html },
    ...refusals({ 401: "Not this way", 404: none }),
  },
});

/** A redirect would come from the issuer still, and the browser would keep the cookie back. */
const goHome =
  '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Ordna</title><a href="/">Go on</a>';

export const oidc: Resource = (options) => {
  const { db, access, oidc: settings, publicUrl = "" } = options;
  const client = settings && oidcClient(settings, `${publicUrl}/api/oidc/callback`);
  const hono = resource();
  hono.openapi(available, (c) =>
    client ? c.json({ ok: true as const }, 200) : refuse(c, 404, none),
  );
  hono.openapi(start, async (c) => {
    if (!client) return refuse(c, 404, none);
    const { url, errand } = await client.begin();
    // Lax: it has to come back with the issuer's redirect.
    setCookie(c, cookie, Buffer.from(JSON.stringify(errand)).toString("base64url"), {
      httpOnly: true,
      sameSite: "Lax",
      secure: access.isSecure,
      path: "/api/oidc",
      maxAge: 600,
    });
    return c.redirect(url);
  });
  hono.openapi(callback, async (c) => {
    if (!client) return refuse(c, 404, none);
    const errand = errandIn(getCookie(c, cookie));
    deleteCookie(c, cookie, { path: "/api/oidc" });
    if (!errand) return refuse(c, 401, "That took too long. Begin again at /log-in.");
    const identity = await client.end(new URL(c.req.url).search, errand).catch(() => undefined);
    if (!identity)
      return refuse(c, 401, "The issuer's answer does not hold. Begin again at /log-in.");
    const person = await db.transaction((tx) => personOf(tx, identity));
    if (!person) return refuse(c, 401, "Nobody here has this account. Ask an owner to invite you.");
    await enter(c, options, person, "user.log-in");
    return c.html(goHome, 200);
  });
  return hono;
};

function errandIn(text: string | undefined) {
  try {
    return errandSchema.safeParse(JSON.parse(Buffer.from(text ?? "", "base64url").toString())).data;
  } catch {
    return undefined;
  }
}

async function personOf(tx: Queryable, { subject, email }: Identity) {
  const bound = await findCredentials(tx, { oidcSubject: subject });
  if (bound) return { id: bound.person.id, name: bound.person.email ?? bound.person.name };
  if (email === undefined) return undefined;
  const known = await findCredentials(tx, { email });
  const invitation = known ? undefined : await takeInvitationOf(tx, email);
  const id =
    known?.person.id ?? (invitation && (await addPerson(tx, { ...invitation, name: email })));
  if (id === undefined) return undefined;
  return (await bindOidc(tx, id, subject)) ? { id, name: email } : undefined;
}
