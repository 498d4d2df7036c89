// The 24 orders of the demo: what goes right in five languages, and what goes wrong in each of the usual ways.
import type { Fault } from "../connector-kit/misbehaviour.ts";
import type { PaymentSpec } from "../connectors/stripe/payment-spec.ts";
import { simulatedPayment } from "../connectors/stripe/payments.ts";
import type { DeliveryWish, SimulatedPayment } from "../connectors/stripe/simulated-payment.ts";
import { referenceFor } from "../order/reference.ts";
import { type Shopper, shoppers } from "./shoppers.ts";

export interface DemoOrder {
  readonly name: string;
  readonly reference: string;
  readonly payment: SimulatedPayment;
  readonly email: string;
  /** Where it must be when everything is settled. */
  readonly expected: "done" | "attention";
  /** What goes wrong, once, on this order's own request. */
  readonly fault: { readonly provider: string; readonly fault: Fault } | undefined;
  /** The provider is in this mood while the order comes in. */
  readonly mood: { readonly provider: string; readonly name: string } | undefined;
  /** The provider is down while the order comes in, and answers again later. */
  readonly outage: string | undefined;
}

interface Plot {
  readonly name: string;
  readonly shopper: Shopper;
  readonly kind?: PaymentSpec["kind"];
  readonly expected?: DemoOrder["expected"];
  readonly deliver?: (eventType: unknown) => DeliveryWish | undefined;
  /** Whose answer is lost after the work was done, and on which request. */
  readonly losesAnswer?: { readonly provider: string; readonly path: RegExp };
  readonly mood?: DemoOrder["mood"];
  readonly outage?: string;
}

const { finnish, swedish, estonian, german, english } = shoppers;

const plots: readonly Plot[] = [
  { name: "Finnish order", shopper: finnish },
  { name: "Swedish order", shopper: swedish },
  { name: "Estonian order", shopper: estonian },
  { name: "German order", shopper: german },
  { name: "English-speaking order", shopper: english },
  { name: "another Finnish order", shopper: finnish },
  { name: "another Swedish order", shopper: swedish },
  { name: "another Estonian order", shopper: estonian },
  { name: "another German order", shopper: german },
  { name: "another English-speaking order", shopper: english },
  {
    name: "the same webhook three times",
    shopper: finnish,
    deliver: () => ({ times: 3 }),
  },
  {
    name: "two event types of one payment, one of them twice under two ids",
    shopper: swedish,
    deliver: (type) =>
      type === "payment_intent.succeeded" ? { alsoAs: ["evt_twin_of_one_payment"] } : undefined,
  },
  {
    name: "events out of order",
    shopper: german,
    deliver: (type) => (type === "checkout.session.completed" ? { afterMs: 1500 } : undefined),
  },
  { name: "bare PaymentIntent, no checkout", shopper: swedish, kind: "payment-intent" },
  { name: "free order, no PaymentIntent at all", shopper: finnish, kind: "free" },
  { name: "SEPA debit, settled later", shopper: german, kind: "sepa" },
  {
    name: "Zoho: answer lost after the contact",
    shopper: finnish,
    losesAnswer: { provider: "zoho", path: /\/Contacts\/upsert$/ },
  },
  {
    name: "Zoho: answer lost after the deal",
    shopper: estonian,
    losesAnswer: { provider: "zoho", path: /\/Deals\/upsert$/ },
  },
  {
    name: "Airtable: answer lost after the row",
    shopper: finnish,
    losesAnswer: { provider: "airtable", path: /^\/v0\// },
  },
  {
    name: "PostNord: answer lost after the booking",
    shopper: swedish,
    losesAnswer: { provider: "postnord", path: /\/v3\/edi$/ },
  },
  {
    name: "Netvisor: answer lost after the invoice",
    shopper: finnish,
    losesAnswer: { provider: "netvisor", path: /\/salesinvoice\.nv$/ },
  },
  {
    name: "Mailgun: answer lost after the e-mail",
    shopper: german,
    losesAnswer: { provider: "mailgun", path: /\/messages$/ },
  },
  {
    name: "PostNord refuses the service",
    shopper: finnish,
    expected: "attention",
    mood: { provider: "postnord", name: "refuses-service" },
  },
  { name: "Zoho is down, and comes back", shopper: english, outage: "zoho" },
];

/** The same `seed` makes the same payments: a demo that was killed goes on with what it had paid. */
export function demoOrders(seed: string, now: Date): readonly DemoOrder[] {
  return plots.map((plot, index) => {
    const number = String(index + 1).padStart(2, "0");
    const email = `order${number}@example.com`;
    const { shippingAmount, buyer, ...shopper } = plot.shopper;
    const made = simulatedPayment({
      ...shopper,
      id: `demo_${seed}_${number}`,
      kind: plot.kind ?? "checkout",
      vatInclusive: true,
      buyer: { ...buyer, email },
      shippingAmount,
      ...(plot.kind === "free" ? { discountPercent: 100, shippingAmount: 0 } : {}),
      metadata: { shop_order: `PK-10${number}` },
      createdAt: now,
    });
    const payment = withDelivery(made, plot.deliver, seed);
    const reference = referenceFor(payment.id);
    return {
      name: plot.name,
      reference,
      payment,
      email,
      expected: plot.expected ?? "done",
      fault: plot.losesAnswer && lostAnswer(plot.losesAnswer, [reference, email]),
      mood: plot.mood,
      outage: plot.outage,
    };
  });
}

function withDelivery(
  payment: SimulatedPayment,
  deliver: Plot["deliver"],
  seed: string,
): SimulatedPayment {
  const events = payment.events.map((one) => {
    const wish = deliver?.(one.event.type);
    const alsoAs = wish?.alsoAs?.map((id) => `${id}_${seed}`);
    return wish ? { ...one, deliver: { ...wish, ...(alsoAs ? { alsoAs } : {}) } } : one;
  });
  return { ...payment, events };
}

/** The work is done and the answer never comes, on the request that speaks of this order. */
function lostAnswer(
  { provider, path }: NonNullable<Plot["losesAnswer"]>,
  marks: readonly string[],
): DemoOrder["fault"] {
  const when: Fault["when"] = (request, body) =>
    request.method !== "GET" &&
    path.test(new URL(request.url).pathname) &&
    marks.some((mark) => body.includes(mark));
  return { provider, fault: { how: "lose-answer", times: 1, when } };
}
