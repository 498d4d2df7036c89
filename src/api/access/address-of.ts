// From where somebody asks. A proxy's word is taken only where the settings say that there is one.
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/** `proxies`: how many stand before us; each adds whom it heard from at the end of X-Forwarded-For. */
export function addressOf(c: Context, proxies: number): string {
  const forwarded = c.req.header("x-forwarded-for")?.split(",") ?? [];
  const told = proxies > 0 ? forwarded.at(-proxies)?.trim() : undefined;
  return told?.slice(0, 100) || (connected(c) ?? "unknown");
}

function connected(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address;
  } catch {
    // It did not come over a socket: a test, or another program's own server.
    return undefined;
  }
}
