// HTTP for Stripe, for the page and for the command line.
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { guardFor } from "./access.ts";
import { api } from "./api.ts";
import type { AppOptions } from "./app-options.ts";
import { linkedFiles } from "./file-link.ts";
import { health, timed } from "./health.ts";
import { logInPage } from "./log-in-page.ts";
import { metrics as newMetrics } from "./metrics.ts";
import { questionPage } from "./question-page.ts";
import { refuse } from "./refuse.ts";
import { servePage } from "./serve-page.ts";

export function app(options: AppOptions): Hono {
  const hono = new Hono();
  const { metrics = newMetrics(), mailDoor } = options;
  // Before the headers for browsers: these say little and bring their own, and are most requests.
  hono.all("/webhooks/stripe/:store", timed(metrics, "stripe", options.door));
  if (mailDoor) hono.all("/webhooks/mailgun/:store", timed(metrics, "mailgun", mailDoor));
  hono.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'self'"], frameAncestors: ["'none'"] },
      // A handler that knows better keeps its own.
      overwrite: false,
    }),
  );
  hono.route("/", health(options, metrics));
  hono.route("/", logInPage(options));
  hono.route("/", questionPage(options));
  hono.route("/", linkedFiles(options));
  hono.route("/api", api(options));
  if (options.queues) mountQueues(hono, options, options.queues);
  hono.get("*", servePage(options));
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
  hono.use("/queues/*", guardFor(options, "tech"));
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
