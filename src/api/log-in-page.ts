// The pages in front of the page: logging in, accepting an invitation, the welcome link. Plain HTML, one small script.
import { readFileSync } from "node:fs";
import type { Context } from "hono";
import { Hono } from "hono";
import { findVisitor } from "./access/find-visitor.ts";
import { takeWelcome } from "./access/welcome.ts";
import type { AppOptions } from "./app-options.ts";
import { enter } from "./routes/session.ts";

const file = (name: string) => readFileSync(new URL(`./log-in/${name}`, import.meta.url), "utf8");
const page = file("log-in.html");
const script = file("log-in.js");
const style = file("log-in.css");

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const askToLogIn = (c: Context, status: 200 | 401 = 401) =>
  c.html(page, status, { "content-security-policy": policy, "cache-control": "no-store" });

export function logInPage(options: AppOptions): Hono {
  const hono = new Hono();
  hono.get("/log-in", (c) => askToLogIn(c, 200));
  hono.get("/log-in/log-in.js", (c) =>
    c.body(script, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  hono.get("/log-in/log-in.css", (c) =>
    c.body(style, 200, { "content-type": "text/css; charset=utf-8" }),
  );
  // Nobody being in is no error here: a browser would write one down at every log-in.
  hono.get("/log-in/state", async (c) => {
    const isIn = (await findVisitor(c, options.db, options.access)) !== undefined;
    c.header("cache-control", "no-store");
    return c.json({ isIn, hasCompanyAccount: options.oidc !== undefined });
  });
  hono.get("/welcome", async (c) => {
    // A preview of the link must not use it up.
    if (c.req.header("sec-purpose") ?? c.req.header("purpose")) return c.body(null, 204);
    const token = c.req.query("token") ?? "";
    const owner = await options.db.transaction((tx) => takeWelcome(tx, token));
    if (!owner) return askToLogIn(c);
    await enter(c, options, owner, "user.come-by-welcome");
    // The link works once: the next time a password lets in.
    return c.redirect("/settings/account");
  });
  return hono;
}
