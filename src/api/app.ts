// HTTP for Stripe, for the page and for the command line.
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { guard } from "./access.ts";
import { api } from "./api.ts";
import type { AppOptions } from "./app-options.ts";
import { refuse } from "./refuse.ts";
import { servePage } from "./serve-page.ts";

export function app(options: AppOptions): Hono {
  const hono = new Hono();
  hono.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'self'"], frameAncestors: ["'none'"] },
      // A handler that knows better keeps its own.
      overwrite: false,
    }),
  );
  hono.all("/webhooks/stripe/:store", (c) => options.door(c.req.raw, c.req.param("store")));
  const { mailDoor } = options;
  if (mailDoor)
    hono.all("/webhooks/mailgun/:store", (c) => mailDoor(c.req.raw, c.req.param("store")));
  hono.get("/healthz", async (c) => {
    await options.db.query("select 1");
    return c.json({ ok: true });
  });
  hono.route("/api", api(options));
  if (options.queues) mountQueues(hono, options, options.queues);
  hono.get("*", servePage(options.access));
  hono.onError((error, c) => {
    if (error instanceof HTTPException) return refuse(c, error.status, sentenceOf(error));
    options.onError?.(error);
    return refuse(c, 503, "Ordna could not answer.");
  });
  return hono;
}

function sentenceOf({ status, message }: HTTPException): string {
  if (status === 400) return "That is not JSON.";
  if (status === 415) return "Send JSON, and say so: content-type: application/json.";
  return message;
}

function mountQueues(hono: Hono, options: AppOptions, queues: Hono): void {
  hono.use("/queues/*", guard(options.access));
  hono.use("/queues/*", async (c, next) => {
    await next();
    c.header("content-security-policy", boardPolicy);
  });
  hono.get("/queues/", (c) => c.redirect("/queues"));
  hono.route("/queues", queues);
}

/** bull-board styles itself inline; what it would load from elsewhere stays refused. */
const boardPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
