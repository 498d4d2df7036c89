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
import { booksResource } from "./routes/books.ts";
import { causes } from "./routes/causes.ts";
import { colleagues } from "./routes/colleagues.ts";
import { configuration } from "./routes/configuration.ts";
import { corrections } from "./routes/corrections.ts";
import { customers } from "./routes/customers.ts";
import { decisions } from "./routes/decisions.ts";
import { events } from "./routes/events.ts";
import { files } from "./routes/files.ts";
import { hookMessages } from "./routes/hook-messages.ts";
import { hooks } from "./routes/hooks.ts";
import { inbox } from "./routes/inbox.ts";
import { invoiceMonth } from "./routes/invoice-month.ts";
import { invoices } from "./routes/invoices.ts";
import { keys } from "./routes/keys.ts";
import { labels } from "./routes/labels.ts";
import { oidc } from "./routes/oidc.ts";
import { orders } from "./routes/orders.ts";
import { pauses } from "./routes/pauses.ts";
import { people } from "./routes/people.ts";
import { reports } from "./routes/reports.ts";
import { retries } from "./routes/retries.ts";
import { selection } from "./routes/selection.ts";
import { session } from "./routes/session.ts";
import { sessions } from "./routes/sessions.ts";
import { status } from "./routes/status.ts";
import { stream } from "./routes/stream.ts";

const resources: readonly Resource[] = [
  status,
  selection,
  orders,
  inbox,
  causes,
  colleagues,
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
  sessions,
  people,
  configuration,
  keys,
  hookMessages,
  hooks,
  accounts,
  pauses,
  labels,
  invoices,
  reports,
  invoiceMonth,
  booksResource,
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
