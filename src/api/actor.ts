// Who asks, as the log of decisions shows it. People and keys are known; the terminal may say who sits there.
import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import type { Wish } from "../ledger/decisions/decide.ts";
import { visitorOf } from "./access/visitor.ts";

const unnamed = "somebody with the key";

/** The decision's key is the caller's `Idempotency-Key`: the same one twice decides once. */
export function wishOf(c: Context, reason: string | undefined): Wish {
  const origin = /^ordna-cli\b/.test(c.req.header("user-agent") ?? "") ? "terminal" : "page";
  return {
    key: c.req.header("idempotency-key")?.slice(0, 200) || randomUUID(),
    actor: isKnown(c) ? visitorOf(c).actor : { name: sayName(c), origin },
    reason,
    seen: seenBy(c),
  };
}

/** `If-Match: "42"`: the last decision on the order that the caller knows of. */
function seenBy(c: Context): number | undefined {
  const number = /^"(\d{1,15})"$/.exec(c.req.header("if-match") ?? "")?.[1];
  return number === undefined ? undefined : Number(number);
}

/** In the sandbox nobody logs in: the page is one visitor to itself. */
const sayName = (c: Context) =>
  nameIn(c.req.header("x-ordna-actor")) ??
  (visitorOf(c)?.id === "sandbox" ? visitorOf(c).actor.name : unnamed);

/** A person or a program's key: who that is cannot be said by a header. */
const isKnown = (c: Context) => !["terminal", "sandbox"].includes(visitorOf(c)?.id ?? "sandbox");

function nameIn(header: string | undefined): string | undefined {
  const name = header?.replace(/[^\p{L}\p{N} ._@-]/gu, "").trim();
  return name ? name.slice(0, 100) : undefined;
}
