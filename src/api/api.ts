// The API: every resource, the document that describes them, and a viewer for it.
import { OpenAPIHono } from "@hono/zod-openapi";
import { rateLimit } from "./access/rate-limit.ts";
import { guard } from "./access.ts";
import { apiDocs } from "./api-docs.ts";
import type { AppOptions } from "./app-options.ts";
import { limitBody, readBody } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import type { Resource } from "./resource.ts";
import { account } from "./routes/account.ts";
import { accounts } from "./routes/accounts.ts";
import { audit } from "./routes/audit.ts";
import { backfill } from "./routes/backfill.ts";
import { backup } from "./routes/backup.ts";
import { corrections } from "./routes/corrections.ts";
import { customers } from "./routes/customers.ts";
import { decisions } from "./routes/decisions.ts";
import { events } from "./routes/events.ts";
import { files } from "./routes/files.ts";
import { hooks } from "./routes/hooks.ts";
import { inbox } from "./routes/inbox.ts";
import { invoiceMonth } from "./routes/invoice-month.ts";
import { invoices } from "./routes/invoices.ts";
import { keys } from "./routes/keys.ts";
import { labels } from "./routes/labels.ts";
import { oidc } from "./routes/oidc.ts";
import { orders } from "./routes/orders.ts";
import { people } from "./routes/people.ts";
import { reports } from "./routes/reports.ts";
import { retries } from "./routes/retries.ts";
import { session } from "./routes/session.ts";
import { status } from "./routes/status.ts";
import { stream } from "./routes/stream.ts";
import { stuck } from "./routes/stuck.ts";

const resources: readonly Resource[] = [
  status,
  orders,
  inbox,
  decisions,
  corrections,
  retries,
  files,
  events,
  customers,
  backfill,
  audit,
  backup,
  stream,
  session,
  oidc,
  account,
  people,
  keys,
  hooks,
  stuck,
  accounts,
  labels,
  invoices,
  reports,
  invoiceMonth,
];

export function api(options: AppOptions): OpenAPIHono {
  const hono = new OpenAPIHono();
  hono.use(guard(options), rateLimit(options.mostAMinute ?? 1200));
  hono.use(limitBody, readBody);
  for (const resource of resources) hono.route("/", resource(options));
  if (options.sandbox) hono.route("/sandbox", options.sandbox);
  hono.route("/", apiDocs(hono, options.about.version));
  hono.all("*", (c) => refuse(c, 404, "There is no such address."));
  return hono;
}
