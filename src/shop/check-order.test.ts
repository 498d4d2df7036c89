// The first step of every order: what is wrong is held before anything is bought, booked or sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import config from "../../ordna.config.ts";
import { attempt } from "../connector-kit/attempt.ts";
import { callTo } from "../connector-kit/conformance.ts";
import { anOrder } from "../connector-kit/sample-order.ts";
import { scenarioNames, scenarioPayment } from "../connectors/stripe/scenario-payment.ts";
import { anEvent, stripeUnderTest } from "../connectors/stripe/shop-for-tests.ts";
import { money } from "../order/money.ts";
import type { Order, Party } from "../order/order.ts";
import { checkOrder } from "./check-order.ts";
import type { Seller } from "./seller.ts";

const seller: Seller = {
  name: "Test",
  timeZone: "Europe/Helsinki",
  vat: { country: "FI", isInOss: true, rates: { FI: "25.5" } },
};
const eur = (minor: number) => money(minor, "EUR");
const nothingOutside = callTo({ fetch: () => Promise.reject(new Error("no provider is asked")) });

function check(order: Order, by = seller) {
  return attempt(checkOrder(by), { order }, nothingOutside, false);
}

async function whyHeld(order: Order) {
  const outcome = await check(order);
  assert.equal(outcome.kind, "failed", "a person is needed, at once and for sure");
  if (outcome.kind !== "failed") throw new Error("unreachable");
  const { message, failure } = outcome.error;
  return { message, ...failure };
}

function shipTo(address: Party["address"], more: Partial<Party> = {}): Order {
  const order = anOrder();
  const party = { ...order.shipTo, ...more };
  return { ...order, shipTo: { ...party, address: { ...party.address, ...address } } };
}

test("an order that is right passes, and says what its VAT is", async () => {
  const outcome = await check(anOrder());
  assert.equal(outcome.kind, "done");
  if (outcome.kind !== "done") return;
  const { vat } = outcome.output;
  assert.deepEqual([vat.scheme, vat.territory, vat.groups.length], ["domestic", "FI", 1]);
  assert.equal(vat.groups[0]?.vat.minor, 3244n);
  assert.deepEqual(checkOrder(seller).record(outcome.output), { id: "checked", isShared: true });
});

const differences: readonly (readonly [what: string, more: Partial<Order>])[] = [
  ["a cent more than its lines", { total: eur(15964) }],
  ["a cent less than its lines", { total: eur(15962) }],
  ["shipping that nobody paid", { total: eur(15963 - 690) }],
  ["no shipping although it was paid", { shipping: undefined }],
];

for (const [what, more] of differences) {
  test(`an order with ${what} is held for finance`, async () => {
    const { cause, message } = await whyHeld(anOrder(more));
    assert.equal(cause, "order.amounts_differ");
    assert.match(message, /differ/);
  });
}

test("an order below zero is held", async () => {
  const [line] = anOrder().lines;
  assert.ok(line);
  const lines = [{ ...line, total: eur(-100), tax: eur(0), taxes: [] }];
  const order = anOrder({ lines, shipping: undefined, total: eur(-100), tax: eur(0) });
  assert.equal((await whyHeld(order)).cause, "order.amounts_differ");
});

test("what Stripe's reader found to differ is held, and the person reads what it was", async () => {
  const note = "amounts differ: 100.00 EUR was received, the payment is 159.63 EUR.";
  const { cause, message } = await whyHeld(anOrder({ notes: ["The buyer saw 1 SEK.", note] }));
  assert.equal(cause, "order.amounts_differ");
  assert.match(message, /100\.00 EUR was received/);
});

const unreachable: readonly (readonly [
  what: string,
  order: Order,
  cause: string,
  field: string,
])[] = [
  ["no country", shipTo({ country: undefined }), "address.incomplete", "shipTo.address.country"],
  [
    "no name",
    shipTo({}, { name: undefined, company: undefined }),
    "address.incomplete",
    "shipTo.name",
  ],
  ["no street", shipTo({ line1: " " }), "address.street_missing", "shipTo.address.line1"],
  ["no city", shipTo({ city: undefined }), "address.incomplete", "shipTo.address.city"],
  [
    "a wrong postal code",
    shipTo({ postalCode: "ABC" }),
    "address.postal_code",
    "shipTo.address.postalCode",
  ],
  [
    "no e-mail address",
    anOrder({ buyer: { name: "Example Buyer" } }),
    "address.email_invalid",
    "buyer.email",
  ],
  [
    "two e-mail addresses",
    anOrder({ buyer: { email: "a@x.fi, victim@y.fi" } }),
    "address.email_invalid",
    "buyer.email",
  ],
  [
    "a second header in the e-mail address",
    anOrder({ buyer: { email: "a@b.fi\r\nBcc: x@y.example" } }),
    "address.email_invalid",
    "buyer.email",
  ],
];

for (const [what, order, cause, field] of unreachable) {
  test(`an order with ${what} is held before a label is bought`, async () => {
    const held = await whyHeld(order);
    assert.deepEqual([held.cause, held.field], [cause, field]);
    assert.match(held.message, /\.$/);
  });
}

test("an order whose VAT cannot be decided is held for finance", async () => {
  const order = anOrder({ taxSource: "none", tax: eur(0) });
  const lines = order.lines.map((line) => ({ ...line, tax: eur(0), taxes: [] }));
  const outcome = await check(
    { ...order, lines, shipping: order.shipping && { ...order.shipping, tax: eur(0), taxes: [] } },
    { ...seller, vat: { ...seller.vat, rates: {} } },
  );
  assert.equal(outcome.kind, "failed");
  if (outcome.kind === "failed") assert.equal(outcome.error.failure.cause, "vat.undecided");
});

for (const name of scenarioNames) {
  test(`the famous payment "${name}" passes the shop's own check`, async () => {
    const stripe = stripeUnderTest();
    const payment = scenarioPayment(name);
    stripe.simulator.record(payment);
    for (const { event } of payment.events) stripe.simulator.happen(event.id);
    const isSession = payment.id.startsWith("cs_");
    const type = isSession ? "checkout.session.completed" : "payment_intent.succeeded";
    const order = await stripe.orderOf(anEvent(type, payment.id));
    const shop = Object.values(config.stores)[0]?.seller ?? assert.fail("there is a store");
    const outcome = await check(order, shop);
    assert.equal(outcome.kind, "done", outcome.kind === "done" ? "" : outcome.error.message);
  });
}

test("an order that leaves the EU without customs data is held before a label is bought, and passes when it is there", async () => {
  const customs = { from: { country: "FI", postalCode: "00160" }, eoriNumber: "FI1234567-8" };
  const order = shipTo({ country: "NO", postalCode: "0150", city: "Oslo" });
  const abroad = { ...seller, vat: { ...seller.vat, rates: { FI: "25.5", NO: "25" } }, customs };
  const held = await check(order, abroad);
  assert.equal(held.kind, "failed");
  if (held.kind !== "failed") return;
  const { cause, field } = held.error.failure;
  assert.deepEqual([cause, field], ["customs.origin_missing", "lines.li_1.originCountry"]);
});
