// The hand-made scenarios of the fixtures as payments: the famous cases, with amounts that are
// known by heart.
import { officialObject, scenarioObject, scenarioObjects, template } from "./payment-template.ts";
import type { SimulatedEvent, SimulatedPayment } from "./simulated-payment.ts";
import { at, isRecord, isStripeObject, type StripeObject } from "./stripe-object.ts";

export const scenarioNames = [
  "order-eur-inclusive",
  "order-bare-payment-intent",
  "order-free-100pct",
  "order-async-sepa",
  "thin",
] as const;

export type ScenarioName = (typeof scenarioNames)[number];

export function isScenario(name: string): name is ScenarioName {
  return scenarioNames.some((known) => known === name);
}

/** `suffix`, if given, is added to the ids, so that the same scenario can be paid again. */
export function scenarioPayment(name: ScenarioName, suffix = ""): SimulatedPayment {
  const payment = asWritten(name);
  return suffix === "" ? payment : renamed(payment, suffix);
}

/**
 * A customer may buy twice and a product be bought twice; what belongs to one payment gets ids of
 * its own.
 */
function renamed(payment: SimulatedPayment, suffix: string): SimulatedPayment {
  if (!/^\w{1,60}$/.test(suffix)) throw new TypeError(`"${suffix}" makes no id of Stripe's.`);
  const own = /(?<=["/])(?:cs|pi|ch|evt)_\w+(?=["/])/g;
  // The same shape goes in and comes out; only text inside of it changes.
  return JSON.parse(JSON.stringify(payment).replace(own, `$&${suffix}`));
}

function asWritten(name: ScenarioName): SimulatedPayment {
  switch (name) {
    case "order-eur-inclusive":
      return checkout(scenarioObjects(name, "events").map((event) => ({ event })));
    case "thin":
      return checkout([{ event: scenarioObject("thin-payment-intent-succeeded") }]);
    case "order-bare-payment-intent":
      return bare();
    case "order-free-100pct":
      return free();
    case "order-async-sepa":
      return sepa();
  }
}

const { session, items, paymentIntent, charge } = template;
const products = items.map((item) => at(item, "price", "product")).filter(isStripeObject);
const shared: readonly StripeObject[] = [
  {
    ...officialObject("customer"),
    id: "cus_Ex1",
    currency: "eur",
    discount: null,
    email: "buyer@example.com",
    preferred_locales: ["fi"],
    shipping: null,
  },
  {
    ...officialObject("shipping_rate"),
    id: "shr_PostNordMyPack",
    display_name: "PostNord MyPack",
    fixed_amount: { amount: 690, currency: "eur" },
  },
  ...products,
];

function checkout(events: readonly SimulatedEvent[]): SimulatedPayment {
  return {
    id: session.id,
    amount: 15963,
    currency: "eur",
    objects: [...shared, withLines(session, items), paymentIntent, charge],
    events,
  };
}

function bare(): SimulatedPayment {
  const intent = scenarioObject("order-bare-payment-intent", "payment_intent");
  const event = {
    ...scenarioEvent("order-eur-inclusive", 1),
    id: "evt_1BarePiSucceeded",
    data: { object: intent },
  };
  return {
    id: intent.id,
    amount: 12900,
    currency: "sek",
    objects: [intent, scenarioObject("order-bare-payment-intent", "charge")],
    events: [{ event }],
  };
}

function free(): SimulatedPayment {
  const event = scenarioObject("order-free-100pct", "event");
  const rail = items[1];
  if (!rail) throw new Error("The first scenario has two lines.");
  const gift = {
    ...rail,
    amount_discount: 2000,
    amount_tax: 0,
    amount_total: 0,
    discounts: [],
    taxes: taxesOf(rail).map((tax) => ({ ...tax, amount: 0, taxable_amount: 0 })),
  };
  const given = objectOf(event);
  return {
    id: given.id,
    amount: 0,
    currency: "eur",
    objects: [...shared, withLines(given, [gift])],
    events: [{ event }],
  };
}

function sepa(): SimulatedPayment {
  const unpaid = scenarioEvent("order-async-sepa", 0);
  const settled = scenarioEvent("order-async-sepa", 1);
  const paid = withLines(objectOf(settled), items);
  const intent = {
    ...paymentIntent,
    id: "pi_3Async",
    latest_charge: "ch_3Async",
    payment_method_types: ["sepa_debit"],
  };
  const debit = { ...charge, id: "ch_3Async", payment_intent: "pi_3Async" };
  return {
    id: paid.id,
    amount: 15963,
    currency: "eur",
    objects: [
      ...shared,
      withLines(objectOf(unpaid), items),
      { ...intent, status: "processing", amount_received: 0 },
      { ...debit, status: "pending", paid: false },
    ],
    events: [
      { event: unpaid },
      { event: settled, changes: [paid, intent, debit], happensAfterMs: 3_000 },
    ],
  };
}

function scenarioEvent(scenario: string, index: number): StripeObject {
  const event = scenarioObjects(scenario, "events")[index];
  if (event) return event;
  throw new Error(`The scenario ${scenario} has no event ${index}.`);
}

function objectOf(event: StripeObject): StripeObject {
  const object = at(event, "data", "object");
  if (isStripeObject(object)) return object;
  throw new Error(`The event ${event.id} is about nothing.`);
}

/** As Stripe keeps them: products stand on their own, and shipping is taxed as the goods are. */
function withLines(of: StripeObject, lines: readonly StripeObject[]): StripeObject {
  const data = lines.map((line) => {
    const price = at(line, "price");
    const product = at(price, "product", "id");
    return { ...line, price: isRecord(price) ? { ...price, product } : price };
  });
  const cost = of.shipping_cost;
  const taxes = taxesOf(items[0]).map((tax) => ({ ...tax, amount: 140, taxable_amount: 550 }));
  return {
    ...of,
    ...(isRecord(cost) ? { shipping_cost: { ...cost, taxes } } : {}),
    line_items: {
      object: "list",
      data,
      has_more: false,
      url: `/v1/checkout/sessions/${of.id}/line_items`,
    },
  };
}

function taxesOf(item: StripeObject | undefined): Readonly<Record<string, unknown>>[] {
  return Array.isArray(item?.taxes) ? item.taxes.filter(isRecord) : [];
}
