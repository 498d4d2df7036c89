// Orders as the API tells them, made up for the page's tests.
import { anOrder } from "../../src/connector-kit/sample-order.ts";
import type { Happening, OrderDetail, StepGlance } from "../../src/ledger/list-orders.ts";

const plan: readonly (readonly [name: string, provider: string, ...needs: string[]])[] = [
  ["check", "ordna"],
  ["contact", "zoho", "check"],
  ["deal", "zoho", "contact"],
  ["production-row", "airtable", "check"],
  ["booking", "postnord", "check"],
  ["label", "postnord", "booking"],
  ["accounting-customer", "netvisor", "check"],
  ["invoice", "netvisor", "label", "accounting-customer"],
  ["payment", "netvisor", "invoice"],
  ["invoice-pdf", "netvisor", "invoice"],
  ["confirmation", "mailgun", "label", "invoice-pdf"],
  ["deal-update", "zoho", "deal", "invoice"],
  ["production-update", "airtable", "production-row", "invoice"],
];

export type StepFacts = Partial<StepGlance>;

export interface OrderWish {
  readonly number: number;
  /** What differs from "done". Steps that need one that is not done are blocked. */
  readonly steps?: Readonly<Record<string, StepFacts>>;
  readonly state?: OrderDetail["state"];
  readonly minutesAgo?: number;
  readonly facts?: Parameters<typeof anOrder>[0];
  readonly deliveries?: number;
}

export function fakeOrder(wish: OrderWish): OrderDetail {
  const reference = `ORDER${String(wish.number).padStart(9, "0")}`;
  const shopOrder = `PK-${wish.number}`;
  const createdAt = new Date(Date.now() - (wish.minutesAgo ?? 1) * 60_000).toISOString();
  const order = anOrder({ reference, shopOrder, paidAt: createdAt, ...wish.facts });
  const facts = JSON.parse(
    JSON.stringify(order, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  );
  const steps = stepsOf(wish.steps ?? {});
  const hasOutput = (name: string) => steps.some((s) => s.name === name && s.state === "done");
  const trackingUrl = "https://tracking.example.com/00373500450000000010";
  const booking = { bookingId: "1", trackingNumber: "00373500450000000010", trackingUrl };
  const outputs = {
    booking,
    label: { key: "label.pdf" },
    invoice: { invoiceId: "2", invoiceNumber: `2026-${wish.number}` },
    "invoice-pdf": { key: "invoice.pdf" },
  };
  return {
    reference,
    store: "pikkuna",
    shopOrder,
    state: wish.state ?? "done",
    isLive: false,
    total: facts.total,
    customer: facts.shipTo.name ?? null,
    country: facts.shipTo.address.country,
    locale: facts.locale.tag,
    receivedAt: createdAt,
    createdAt,
    doneAt: wish.state === undefined ? createdAt : null,
    steps,
    facts,
    refunded: null,
    stoppedBecause: null,
    deliveries: {},
    outputs: Object.fromEntries(Object.entries(outputs).filter(([name]) => hasOutput(name))),
    happenings: steps.flatMap((step, index) => happeningsOf(step, createdAt, index)),
    events: [
      {
        id: `evt_${wish.number}`,
        type: "checkout.session.completed",
        receivedAt: createdAt,
        deliveries: wish.deliveries ?? 1,
      },
    ],
  };
}

function stepsOf(different: Readonly<Record<string, StepFacts>>): StepGlance[] {
  const steps: StepGlance[] = [];
  for (const [name, provider, ...needs] of plan) {
    const isHeld = needs.some((need) => steps.find((s) => s.name === need)?.state !== "done");
    const state = isHeld ? "blocked" : "done";
    const plain = {
      name,
      provider,
      state,
      cause: null,
      message: null,
      dueAt: null,
      needs,
    } as const;
    steps.push({ ...plain, ...different[name] });
  }
  return steps;
}

function happeningsOf(step: StepGlance, from: string, index: number): Happening[] {
  const at = new Date(Date.parse(from) + (index + 1) * 1000).toISOString();
  const { name, provider, message } = step;
  const plain = { at, step: name, provider, isRepeat: false, message, externalId: null };
  if (step.state === "blocked") return [];
  if (step.state === "running") return [{ ...plain, outcome: null }];
  if (step.state === "attention") return [{ ...plain, outcome: "rejected" }];
  if (step.state !== "done") return [{ ...plain, outcome: "refused" }];
  const done: Happening = { ...plain, outcome: "succeeded", externalId: `${46_000_001 + index}` };
  if (name !== "label") return [done];
  return [
    { ...plain, outcome: "unknown", message: "The connection was cut." },
    { ...done, outcome: "found", isRepeat: true },
  ];
}
