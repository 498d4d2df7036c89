// For whoever watches the process: is it alive, can it work, and how does it go.
import { readdirSync } from "node:fs";
import { type Context, Hono } from "hono";
import { migrationsFolder } from "../ledger/open-database.ts";
import { readiness } from "../ledger/vital-signs.ts";
import { guardFor } from "./access.ts";
import type { AppOptions } from "./app-options.ts";
import type { Metrics } from "./metrics.ts";

export function health(options: AppOptions, metrics: Metrics): Hono {
  const { db } = options;
  const migrations = readdirSync(migrationsFolder()).filter((name) => name.endsWith(".sql")).length;
  const hono = new Hono();
  // The process answers: that is all it says. A database that is away is no reason to kill it.
  hono.get("/healthz", (c) => c.json({ ok: true }));
  hono.get("/readyz", async (c) => {
    const { isReady, checks } = await readiness(db, migrations);
    return c.json({ ok: isReady, checks }, isReady ? 200 : 503);
  });
  hono.use("/metrics", guardFor(options, "tech"));
  hono.get("/metrics", async (c) =>
    c.body(await metrics.read(db), 200, { "content-type": metrics.contentType }),
  );
  return hono;
}

/** A door that is timed. */
export function timed(
  metrics: Metrics,
  provider: string,
  door: (request: Request, store: string) => Promise<Response>,
) {
  return async (c: Context) => {
    const begunAt = performance.now();
    const response = await door(c.req.raw, c.req.param("store") ?? "");
    metrics.heardWebhook(provider, response.status, (performance.now() - begunAt) / 1000);
    return response;
  };
}
