// The places where a crash hurts most: between two things that belong together.

export interface Seam {
  readonly name: string;
  readonly at: Spot;
  /** At the n-th time; 1 when left out. */
  readonly nth?: number;
  /** In the middle of what begins there, which has no seam of its own. */
  readonly laterMs?: number;
  /** What is going on when it happens. */
  readonly during: "first start" | "order" | "refused order" | "unheard payment" | "stop";
  /** Where there is such a place; everywhere when left out. */
  readonly only?: "embedded" | "redis";
}

type When = "before" | "after";

/** A function, a method of what it gives, a statement of the ledger, BullMQ's hand-over, or the host's fsync. */
export type Spot =
  | {
      readonly kind: "function";
      readonly when: When;
      readonly module: string;
      readonly name: string;
      readonly method?: string;
      /** Only when there is something in it: an empty answer is no seam. */
      readonly isMeant?: (args: readonly unknown[], result?: unknown) => boolean;
    }
  | { readonly kind: "statement"; readonly when: When; readonly sql: RegExp }
  | { readonly kind: "addBulk"; readonly when: When }
  | { readonly kind: "fsync"; readonly when: When };

const call = (
  when: When,
  path: string,
  name: string,
  more: { method?: string; isMeant?: (args: readonly unknown[], result?: unknown) => boolean } = {},
): Spot => ({ kind: "function", when, module: `src/${path}.ts`, name, ...more });
/** What every order passes is one statement each: it is there as a whole, or not at all. */
const ledger = (
  when: When,
  method: string,
  isMeant?: (args: readonly unknown[], result?: unknown) => boolean,
) => call(when, "ledger/sql-ledger", "sqlLedger", { method, ...(isMeant ? { isMeant } : {}) });
const sql = (when: When, text: RegExp): Spot => ({ kind: "statement", when, sql: text });

/** The request that changes something at this provider. */
const request = (when: When, path: RegExp): Spot =>
  call(when, "connector-kit/send", "sendOnce", {
    isMeant: ([, asked]) => {
      const { method, url } = asked as { method: string; url: string }; // as: HttpRequest
      return method !== "GET" && path.test(new URL(url).pathname);
    },
  });

const hasSome = (_args: readonly unknown[], result: unknown) =>
  Array.isArray(result) && result.length > 0;
const isSomething = (_args: readonly unknown[], result: unknown) => Boolean(result);
const isDone = ([, ending]: readonly unknown[]) => (ending as { kind: string }).kind === "done"; // as: Ending

const first = "first start";
const stop = "stop";
const alert = "refused order";
const unheard = "unheard payment";
const order = "order";
const due = "ledger/due-index";

export const seams: readonly Seam[] = [
  // The first start.
  {
    name: "first-database-half-made",
    at: call("after", "ledger/database/pglite-lock", "waitForLock"),
    laterMs: 700,
    during: first,
    only: "embedded",
  },
  {
    name: "first-database-made-and-not-yet-named",
    at: call("before", "ledger/database/template", "settle"),
    during: first,
    only: "embedded",
  },
  {
    name: "first-database-copied-and-not-yet-named",
    at: call("before", "ledger/database/template", "settle"),
    nth: 2,
    during: first,
    only: "embedded",
  },
  {
    name: "before-the-first-migration",
    at: call("before", "ledger/database/migrate", "migrate"),
    during: first,
  },
  { name: "in-a-migration", at: sql("after", /create table event \(/), during: first },
  {
    name: "between-two-migrations",
    at: sql("before", /pg_advisory_xact_lock/),
    nth: 2,
    during: first,
  },
  {
    name: "before-the-reconciler-begins",
    at: call("before", "ledger/installation", "remember"),
    during: first,
  },
  {
    name: "migrated-and-not-yet-named",
    at: call("before", "ledger/installation-id", "installationId"),
    during: first,
  },
  // The door.
  {
    name: "before-the-event-is-recorded",
    at: ledger("before", "recordEvent"),
    during: order,
  },
  {
    name: "event-in-the-ledger-and-nobody-told",
    at: sql("after", /insert into event/),
    during: order,
  },
  { name: "recorded-and-not-answered", at: ledger("after", "recordEvent"), during: order },
  {
    name: "remembered-in-redis-and-not-answered",
    at: call("after", "queue/redis-seen", "redisSeen", { method: "add" }),
    during: order,
    only: "redis",
  },
  {
    name: "answer-made-and-not-sent",
    at: call("after", "ingest/stripe-webhook", "accepted"),
    during: order,
  },
  // From the due index to the order.
  {
    name: "taken-from-the-due-index",
    at: call("after", due, "dueIndex", { method: "take", isMeant: hasSome }),
    during: order,
  },
  {
    name: "before-the-hand-over-to-bullmq",
    at: { kind: "addBulk", when: "before" },
    during: order,
    only: "redis",
  },
  {
    name: "after-the-hand-over-to-bullmq",
    at: { kind: "addBulk", when: "after" },
    during: order,
    only: "redis",
  },
  { name: "before-the-order-is-opened", at: ledger("before", "openOrder"), during: order },
  { name: "order-in-the-ledger-and-nobody-told", at: sql("after", /open_orders\(/), during: order },
  { name: "order-opened", at: ledger("after", "openOrder"), during: order },
  // One step.
  { name: "before-a-claim", at: ledger("before", "claim"), nth: 2, during: order },
  {
    name: "claimed-in-the-ledger-and-nobody-told",
    at: sql("after", /claim_steps\(/),
    nth: 3,
    during: order,
  },
  {
    name: "claimed-and-nothing-sent",
    at: ledger("after", "claim", isSomething),
    nth: 4,
    during: order,
  },
  { name: "before-the-booking-is-sent", at: request("before", /\/v3\/edi$/), during: order },
  { name: "booked-and-not-written-down", at: request("after", /\/v3\/edi$/), during: order },
  { name: "row-made-and-not-written-down", at: request("after", /^\/v0\//), during: order },
  {
    name: "deal-made-and-not-written-down",
    at: request("after", /\/Deals\/upsert$/),
    during: order,
  },
  {
    name: "invoiced-and-not-written-down",
    at: request("after", /\/salesinvoice\.nv$/),
    during: order,
  },
  {
    name: "payment-booked-and-not-written-down",
    at: request("after", /\/salespayment\.nv$/),
    during: order,
  },
  { name: "e-mail-sent-and-not-written-down", at: request("after", /\/messages$/), during: order },
  {
    name: "before-the-outcome-is-written",
    at: ledger("before", "finish", isDone),
    nth: 3,
    during: order,
  },
  {
    name: "outcome-in-the-ledger-and-nobody-told",
    at: sql("after", /done_steps\(/),
    nth: 4,
    during: order,
  },
  { name: "after-the-outcome-is-written", at: ledger("after", "finish"), nth: 6, during: order },
  {
    name: "before-a-wake-is-settled",
    at: call("before", due, "dueIndex", { method: "settle" }),
    during: order,
  },
  {
    name: "after-a-wake-is-settled",
    at: call("after", due, "dueIndex", { method: "settle" }),
    during: order,
  },
  {
    name: "before-the-disk-has-a-commit",
    at: { kind: "fsync", when: "before" },
    nth: 25,
    during: order,
    only: "embedded",
  },
  // Telling people.
  { name: "alert-raised-and-not-committed", at: sql("after", /insert into alert/), during: alert },
  {
    name: "alert-begun-and-not-sent",
    at: call("after", "ledger/alerts", "beginAlert", { isMeant: isSomething }),
    during: alert,
  },
  {
    name: "alert-sent-and-not-ended",
    at: call("before", "ledger/alerts", "endAlert"),
    during: alert,
  },
  { name: "alert-ended", at: call("after", "ledger/alerts", "endAlert"), during: alert },
  // Payments that no webhook told of.
  {
    name: "payment-entered-and-not-remembered",
    at: call("before", "ledger/reconciler-ledger", "sqlReconcilerLedger", { method: "remember" }),
    during: unheard,
  },
  // The end.
  {
    name: "stopping-and-still-at-work",
    at: call("before", "queue/start-queue", "startQueue", { method: "close" }),
    during: stop,
  },
  {
    name: "at-rest-and-the-database-open",
    at: call("before", "ledger/open-database", "openLedgerDatabase", { method: "close" }),
    during: stop,
  },
  {
    name: "database-closed-and-still-there",
    at: call("after", "ledger/open-database", "openLedgerDatabase", { method: "close" }),
    during: stop,
  },
];
