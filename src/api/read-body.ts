// What the API takes in: JSON, and not much of it. No body at all means an empty object.
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuse } from "./refuse.ts";

const longestBody = 256 * 1024;

export const limitBody = bodyLimit({
  maxSize: longestBody,
  onError: (c) => refuse(c, 413, `A request may be ${longestBody} bytes long.`),
});

export const readBody: MiddlewareHandler = async (c, next) => {
  const { method, headers } = c.req.raw;
  if (method === "GET" || method === "HEAD" || !headers.has("content-type")) return next();
  if ((await c.req.raw.clone().text()) === "") {
    c.req.raw = new Request(c.req.url, { method, headers, body: "{}" });
  }
  return next();
};
