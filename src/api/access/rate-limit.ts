// How often one visitor may ask: a minute's budget, in this process.
import type { MiddlewareHandler } from "hono";
import { refuse } from "../refuse.ts";
import { visitorOf } from "./visitor.ts";

const windowMs = 60_000;

export function rateLimit(mostAMinute: number, now = Date.now): MiddlewareHandler {
  let begunAt = now();
  const counts = new Map<string, number>();
  return async (c, next) => {
    if (now() - begunAt >= windowMs) {
      begunAt = now();
      counts.clear();
    }
    const id = visitorOf(c)?.id ?? "nobody";
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    const leftS = Math.ceil((begunAt + windowMs - now()) / 1000);
    c.header("ratelimit", `"minute";r=${Math.max(0, mostAMinute - count)};t=${leftS}`);
    if (count <= mostAMinute) return next();
    c.header("retry-after", String(leftS));
    return refuse(c, 429, `Too many requests: ${mostAMinute} a minute. Wait ${leftS} seconds.`);
  };
}
