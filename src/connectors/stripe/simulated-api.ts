// The REST endpoints that a reader of payments needs. https://docs.stripe.com/api
import { answer, badRequest, missing, StripeRefusal } from "./simulated-answer.ts";
import { expandPaths, type LookUp, shown } from "./simulated-expand.ts";
import { checkParams, isCreatedAsAsked, listParam, page } from "./simulated-list.ts";
import { type StoreReads, secondsOf } from "./simulated-store.ts";
import { at, isStripeObject, type StripeObject } from "./stripe-object.ts";
import type { WebhookQueue } from "./webhook-queue.ts";

interface Ask {
  readonly store: StoreReads;
  /** The id in the path, where there is one. */
  readonly id: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly account: string | undefined;
  readonly lookUp: LookUp;
  readonly webhooks: Pick<WebhookQueue, "waiting">;
  readonly now: Date;
}

// Older events are not listed any more.
const eventsKeptSeconds = 30 * 24 * 3600;

type Route = readonly [pattern: RegExp, reply: (ask: Ask) => unknown];

const routes: readonly Route[] = [
  [/^\/v1\/checkout\/sessions$/, listSessions],
  [/^\/v1\/checkout\/sessions\/([^/]+)$/, (ask) => one(ask, "checkout.session", "session")],
  [/^\/v1\/checkout\/sessions\/([^/]+)\/line_items$/, (ask) => inner(ask, "checkout.session")],
  // There is no filter for the status.
  [/^\/v1\/payment_intents$/, (ask) => listAll(ask, "payment_intent", ["customer"])],
  [/^\/v1\/payment_intents\/([^/]+)$/, (ask) => one(ask, "payment_intent", "intent")],
  [
    /^\/v1\/payment_intents\/([^/]+)\/amount_details_line_items$/,
    (a) => inner(a, "payment_intent"),
  ],
  [/^\/v1\/charges$/, (ask) => listAll(ask, "charge", ["customer", "payment_intent"])],
  [/^\/v1\/charges\/([^/]+)$/, (ask) => one(ask, "charge", "charge")],
  [/^\/v1\/refunds$/, (ask) => listAll(ask, "refund", ["charge", "payment_intent"])],
  [/^\/v1\/refunds\/([^/]+)$/, (ask) => one(ask, "refund", "refund")],
  [/^\/v1\/customers$/, (ask) => listAll(ask, "customer", ["email"])],
  [/^\/v1\/customers\/([^/]+)$/, (ask) => one(ask, "customer", "id")],
  [/^\/v1\/products$/, (ask) => listAll(ask, "product", [])],
  [/^\/v1\/products\/([^/]+)$/, (ask) => one(ask, "product", "id")],
  [/^\/v1\/invoice_payments$/, listInvoicePayments],
  [/^\/v1\/webhook_endpoints$/, (ask) => listAll(ask, "webhook_endpoint", [])],
  [/^\/v1\/webhook_endpoints\/([^/]+)$/, (ask) => one(ask, "webhook_endpoint", "id")],
  [/^\/v1\/events$/, listEvents],
  [/^\/v1\/events\/([^/]+)$/, (ask) => oneEvent(ask, "event")],
  [/^\/v2\/core\/events\/([^/]+)$/, (ask) => oneEvent(ask, "v2.core.event")],
];

export function simulatedApi(
  store: StoreReads,
  request: Request,
  webhooks: Pick<WebhookQueue, "waiting">,
  now: Date,
): Response {
  const url = new URL(request.url);
  const { headers } = request;
  // A context may be a path from organisation to account.
  const context = headers.get("stripe-context")?.split("/").at(-1);
  const account = headers.get("stripe-account") ?? context;
  for (const [pattern, reply] of routes) {
    const match = pattern.exec(url.pathname);
    if (!match || request.method !== "GET") continue;
    const ask = {
      store,
      id: decodeURIComponent(match[1] ?? ""),
      path: url.pathname,
      query: url.searchParams,
      account,
      lookUp: (id: string) => store.find(id, account),
      webhooks,
      now,
    };
    return answer(200, reply(ask), request);
  }
  throw new StripeRefusal(404, `Unrecognized request URL (${request.method}: ${url.pathname}).`);
}

function one(ask: Ask, kind: string, param: string): unknown {
  checkParams(ask.query, ["expand"]);
  const paths = expandPaths(listParam(ask.query, "expand"), "");
  return shown(existing(ask, kind, param), paths, ask.lookUp);
}

function existing(ask: Ask, kind: string, param: string): StripeObject {
  const object = ask.store.find(ask.id, ask.account);
  if (object?.object !== kind) throw missing(kind, ask.id, param);
  return object;
}

/** The lines inside a session or a PaymentIntent, page by page. */
function inner(ask: Ask, kind: "checkout.session" | "payment_intent"): unknown {
  const parent = existing(ask, kind, kind === "payment_intent" ? "intent" : "session");
  const path = kind === "payment_intent" ? ["amount_details", "line_items"] : ["line_items"];
  const data = at(parent, ...path, "data");
  const items = Array.isArray(data) ? data.filter(isStripeObject) : [];
  return page(items, { url: ask.path, query: ask.query, lookUp: ask.lookUp });
}

function listSessions(ask: Ask): unknown {
  const { query, store, account } = ask;
  const intent = query.get("payment_intent");
  const sessions = intent
    ? store.ofIntent("checkout.session", intent, account)
    : store.all("checkout.session", account);
  const status = query.get("status");
  const items = sessions.filter(
    (s) => isCreatedAsAsked(secondsOf(s), query) && (status === null || s.status === status),
  );
  const filters = ["payment_intent", "status", "created", "customer", "payment_link"];
  return page(items, { url: ask.path, query, filters, lookUp: ask.lookUp });
}

/** `equal`: fields that the list may be narrowed down by, beside the time. */
function listAll(ask: Ask, kind: string, equal: readonly string[]): unknown {
  const { query, store, account } = ask;
  const items = store
    .all(kind, account)
    .filter((object) => isCreatedAsAsked(secondsOf(object), query))
    .filter((object) => equal.every((name) => [null, object[name]].includes(query.get(name))));
  const filters = ["created", ...equal];
  return page(items, { url: ask.path, query, filters, lookUp: ask.lookUp });
}

function listInvoicePayments(ask: Ask): unknown {
  const { query, store, account } = ask;
  const intent = query.get("payment[payment_intent]");
  const items = intent
    ? store.ofIntent("invoice_payment", intent, account)
    : store.all("invoice_payment", account);
  const filters = ["payment", "invoice", "status", "created"];
  return page(items, { url: ask.path, query, filters, lookUp: ask.lookUp });
}

function listEvents(ask: Ask): unknown {
  const { query } = ask;
  const types = listParam(query, "types");
  if (types.length > 20) throw badRequest("You may name at most 20 types.", { param: "types" });
  const success = query.get("delivery_success");
  const undelivered = new Set(ask.webhooks.waiting().map((delivery) => delivery.eventId));
  const oldest = ask.now.getTime() / 1000 - eventsKeptSeconds;
  const items = ask.store.events(ask.account).filter((event) => {
    const { type } = event;
    if (secondsOf(event) < oldest) return false;
    if (event.object !== "event" || typeof type !== "string") return false;
    if (!isCreatedAsAsked(secondsOf(event), query)) return false;
    if (types.length > 0 && !types.includes(type)) return false;
    if (!isOfType(type, query.get("type"))) return false;
    return success === null || String(!undelivered.has(event.id)) === success;
  });
  const filters = ["type", "types", "created", "delivery_success"];
  const told = items.map((event) => ({
    ...event,
    pending_webhooks: undelivered.has(event.id) ? 1 : 0,
  }));
  return page(told, { url: ask.path, query, filters, lookUp: ask.lookUp });
}

/** "charge.*" stands for all that begin so. */
function isOfType(type: string, wanted: string | null): boolean {
  if (wanted === null) return true;
  const [start = "", end] = wanted.split("*");
  return end === undefined ? type === wanted : type.startsWith(start) && type.endsWith(end);
}

function oneEvent(ask: Ask, kind: string): unknown {
  const event = ask.store.events(ask.account).find((e) => e.id === ask.id && e.object === kind);
  if (!event) throw missing("event", ask.id, "id");
  return event;
}
