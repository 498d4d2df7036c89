// The cookie of a session. Over https its name makes the browser insist on that.
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { beginSession, endSession } from "../../ledger/access/sessions.ts";
import type { Queryable } from "../../ledger/database/database.ts";
import { hashOf, newSecret } from "./secret.ts";

const nameOf = (isSecure: boolean) => (isSecure ? "__Host-ordna" : "ordna-session");

export function sessionHash(c: Context, isSecure: boolean): string | undefined {
  const cookie = getCookie(c, nameOf(isSecure));
  return cookie ? hashOf(cookie) : undefined;
}

/** A new one at each log-in: one that somebody planted before is worth nothing. */
export async function openSession(
  c: Context,
  tx: Queryable,
  person: number,
  isSecure: boolean,
): Promise<void> {
  const old = sessionHash(c, isSecure);
  if (old) await endSession(tx, old);
  const secret = newSecret();
  await beginSession(tx, hashOf(secret), person);
  setCookie(c, nameOf(isSecure), secret, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    secure: isSecure,
  });
}

export function dropCookie(c: Context, isSecure: boolean): void {
  deleteCookie(c, nameOf(isSecure), { path: "/", secure: isSecure });
}
