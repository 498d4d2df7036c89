// Who may use the page and the API. In the sandbox: whoever is on this machine. With real providers: who has the key.
import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isLoopbackHost } from "../connector-kit/reachable-host.ts";

export interface Access {
  /** Undefined: everything is simulated and only loopback is served. */
  readonly key: string | undefined;
  /** People reach the page over https, if only through a proxy. */
  readonly isSecure: boolean;
}

const cookieName = "ordna-key";

export function guard(access: Access): MiddlewareHandler {
  return async (c, next) => {
    if (!isSameSite(c)) return c.json({ error: "Not from another site." }, 403);
    if (!isAllowed(access, c)) {
      return c.json(
        { error: "Open the link that Ordna printed at start, or send the key as a Bearer token." },
        401,
      );
    }
    return next();
  };
}

export function isAllowed(access: Access, c: Context): boolean {
  if (access.key === undefined) return isLoopbackHost(new URL(c.req.url).hostname);
  const given =
    getCookie(c, cookieName) ?? /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
  return given !== undefined && isSame(given, access.key);
}

/** Turns ?key=… of the printed link into a cookie that scripts cannot read. */
export function admit(access: Access, c: Context): Response | undefined {
  const key = c.req.query("key");
  if (access.key === undefined || key === undefined || !isSame(key, access.key)) return undefined;
  setCookie(c, cookieName, key, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    secure: access.isSecure,
  });
  return c.redirect(new URL(c.req.url).pathname);
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A page elsewhere must not be able to act here with the visitor's cookie, or from the visitor's machine. */
function isSameSite(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = c.req.header("origin");
  return (
    origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header("host"))
  );
}
