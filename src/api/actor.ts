// Who asks, as the log of decisions shows it. There are no users yet: whoever has the key may say a name.
import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import type { Wish } from "../ledger/decisions/decide.ts";

const unnamed = "somebody with the key";

/** The decision's key is the caller's `Idempotency-Key`: the same one twice decides once. */
export function wishOf(c: Context, reason: string | undefined): Wish {
  const origin = /^ordna-cli\b/.test(c.req.header("user-agent") ?? "") ? "terminal" : "page";
  return {
    key: c.req.header("idempotency-key")?.slice(0, 200) || randomUUID(),
    actor: { name: nameIn(c.req.header("x-ordna-actor")) ?? unnamed, origin },
    reason,
  };
}

function nameIn(header: string | undefined): string | undefined {
  const name = header?.replace(/[^\p{L}\p{N} ._@-]/gu, "").trim();
  return name ? name.slice(0, 100) : undefined;
}
