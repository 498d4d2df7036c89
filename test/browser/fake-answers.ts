// What the page's API answers of everything but the orders themselves, made up for the page's tests.
import type { OrderDetail } from "../../src/ledger/list-orders.ts";
import { settingsAnswers } from "./fake-settings.ts";

const at = new Date().toISOString();

/** Undefined where the address is not one of these. */
export function fakeAnswer(path: string, orders: readonly OrderDetail[]): unknown {
  const stuck = orders.flatMap((order) =>
    order.steps.filter(({ cause }) => cause !== null).map((step) => ({ order, step })),
  );
  const needing = new Set(orders.filter(({ state }) => state === "attention"));
  const holds = stuck.map(({ step }) => holdOf(step));
  const answers: Readonly<Record<string, unknown>> = {
    "/api/counts": { needsPerson: needing.size, unprinted: 1 },
    "/api/inbox": {
      groups: stuck.map(groupOf),
      needsYou: needing.size,
      snoozed: 0,
      mended: [mended],
      counts: countsOf(orders),
      today: { paid: orders.length, done: 1, lastDoneAt: at, lastWorkAt: at },
    },
    "/api/session": { name: "aino@example.com", role: "owner", permissions: ["decide", "tech"] },
    "/api/colleagues": { colleagues: [{ id: "tove@example.com", name: "Tove" }] },
    "/api/retries": { retries: [] },
    "/api/accounts": { accounts: [account] },
    "/api/accounts/days": {
      days: [{ account: "postnord:Z14", day: at.slice(0, 10), good: 9, bad: 1 }],
    },
    "/api/accounts/calls": { calls: [call] },
    "/api/labels": { unprinted: [label], printed: [{ ...label, step: "other", printedAt: at }] },
    "/api/reports/invoices": {
      invoices: [invoice],
      creditNotes: [creditNote],
      notYet: 1,
      waiting: [],
    },
    "/api/books": {
      books: [{ books: "pikkuna", closedUntil: null, closedBy: null, openSince: null }],
    },
    "/api/reports/days": { days: [day] },
    "/api/reports/orders": report,
    "/api/pipelines": { pipelines: [pipeline] },
    "/api/events": { events: [event], next: null },
    ...settingsAnswers,
    "/api/decisions": { decisions: [decision] },
    "/api/decisions/verified": { decisions: 1, broken: null },
    "/api/sandbox/lab": lab,
  };
  if (/^\/api\/orders\/\w+\/decisions$/.test(path)) {
    return { decisions: [], held: null, assignedTo: null, snoozedUntil: null, holds, offers };
  }
  return answers[path];
}

type Stuck = { readonly order: OrderDetail; readonly step: OrderDetail["steps"][number] };

function groupOf({ order, step }: Stuck) {
  const needsPerson = step.state === "attention";
  const { reference, shopOrder, customer, total } = order;
  const about = { reference, shopOrder, customer, total, message: step.message, since: at };
  const care = { assignedTo: null, snoozedUntil: null, isReopened: false, suggested: [] };
  return {
    state: needsPerson ? "attention" : "waiting",
    provider: step.provider,
    operation: needsPerson ? step.name : null,
    cause: step.cause,
    fingerprint: null,
    name: null,
    who: needsPerson ? "manager" : "nobody",
    decision: "amend",
    count: 1,
    totals: [total],
    oldest: at,
    nextAt: needsPerson ? null : step.dueAt,
    orders: [{ ...about, ...care, step: step.name, field: null }],
  };
}

const mended = {
  provider: "postnord",
  operation: "booking",
  cause: "provider.outage",
  by: null,
  how: null,
  count: 14,
  lastAt: at,
  orders: [{ reference: "ORDER000001001", shopOrder: "PK-1001" }],
};
const offers = {
  hold: "now",
  cancel: "now",
  resendEmail: "now",
  invoiceCopy: null,
  credit: "not-yet",
  return: null,
  isShipped: false,
  steps: [{ step: "booking", byHand: ["bookingId"] }],
};

function holdOf(step: Stuck["step"]) {
  return {
    step: step.name,
    provider: step.provider,
    cause: step.cause,
    fingerprint: null,
    name: null,
    who: "manager",
    canCustomer: true,
    decision: "amend",
    isInDoubt: false,
    fields: [{ field: "shipTo.address.postalCode", value: "0010", suggestion: "00100" }],
    byHand: ["bookingId"],
  };
}

export const preview = {
  amended: [{ field: "shipTo.address.postalCode", before: "0010", after: "00100" }],
  steps: [
    { step: "booking", provider: "postnord", what: "now", sentence: "Done once, now." },
    { step: "invoice", provider: "netvisor", what: "kept", sentence: "It stays." },
  ],
  refusal: null,
};

export function countsOf(orders: readonly OrderDetail[]) {
  const counts = { open: 0, waiting: 0, attention: 0, done: 0, cancelled: 0 };
  for (const order of orders) counts[standing(order)] += 1;
  return counts;
}

export const standing = ({ state, steps }: OrderDetail) =>
  state === "open" && steps.some((step) => step.cause !== null) ? "waiting" : state;

const account = {
  account: "postnord:Z14",
  provider: "postnord",
  stores: ["pikkuna"],
  roles: ["carrier"],
  isSimulated: true,
  limits: { perSecond: 5 },
  state: "open",
  since: at,
  nextTestAt: at,
  heldUntil: null,
  why: { cause: "provider.outage", message: "PostNord has an outage." },
  paused: { since: at, by: "owner@example.com", reason: "The contract is being changed." },
  keySince: at,
  waiting: 3,
  rate: 0,
};
const call = {
  at,
  reference: "ORDER000001001",
  shopOrder: "PK-1001",
  step: "booking",
  outcome: "found",
  message: null,
  tookMs: 31,
};
const label = {
  reference: "ORDER000001001",
  step: "label",
  shopOrder: "PK-1001",
  customer: "Tove Berg",
  city: "Helsinki",
  country: "FI",
  service: "17",
  trackingNumber: "00373500450000000010",
  madeAt: at,
  printedAt: null,
  printedBy: null,
  lines: [{ description: "Roller blind", quantity: 1 }],
};
const minor = (value: string) => ({ minor: value });
const invoice = {
  reference: "ORDER000001001",
  shopOrder: "PK-1001",
  invoiceNumber: "2026-1001",
  issuedOn: at.slice(0, 10),
  currency: "EUR",
  paid: "12900",
  invoiced: "12901",
  invoicedCurrency: "EUR",
  decided: "12901",
  refunded: "0",
  credited: "0",
  territory: "FI",
  explanation: "Consumer in Finland, 25.5 %.",
  groups: [{ ratePercent: "25.5", net: minor("10279"), vat: minor("2622"), gross: minor("12901") }],
};
const creditNote = {
  reference: "ORDER000001001",
  shopOrder: "PK-1001",
  creditNoteNumber: "C2026-1",
  invoiceNumber: "2026-1001",
  issuedOn: at.slice(0, 10),
  currency: "EUR",
  credited: "12900",
  refunded: "12900",
};
const day = {
  day: at.slice(0, 10),
  payments: 3,
  orders: 3,
  labels: 2,
  invoices: 2,
  mails: 2,
  stopped: 0,
  holes: [{ reference: "ORDER000001001", shopOrder: "PK-1001" }],
  holeCount: 1,
  unread: 0,
};
const report = {
  orders: 3,
  done: 2,
  touchless: 1,
  halfWithinMs: 4000,
  mostWithinMs: 90_000,
  causes: [{ cause: "address.postal_code", provider: "ordna", orders: 1, halfWithinMs: 90_000 }],
  perDay: [{ day: at.slice(0, 10), orders: 3, touchless: 1 }],
};
const pipeline = {
  store: "pikkuna",
  trigger: "paid",
  steps: [
    { name: "check", provider: "ordna", needs: [], repeat: "safe", deadlineMs: 1000 },
    {
      name: "booking",
      provider: "postnord",
      needs: ["check"],
      repeat: "look-first",
      deadlineMs: 30_000,
    },
  ],
};
const event = {
  id: "evt_1",
  type: "checkout.session.completed",
  disposition: "quarantined",
  reason: "It has no currency.",
  reference: null,
  shopOrder: null,
  deliveries: 2,
  receivedAt: at,
};
const decision = {
  number: 1,
  what: "order.hold",
  actor: "Tove",
  at,
  reason: "The customer asked.",
  reference: "ORDER000001001",
  step: null,
};
const lab = {
  providers: ["postnord"],
  misbehaviours: ["unavailable"],
  canKill: true,
  records: [{ provider: "postnord", kind: "booking", count: 2 }],
};
