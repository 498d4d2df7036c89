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
  vat: { country: "FI", isInOss: true },
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

function shipTo(address: Party["address"]): Order {
  const order = anOrder();
  const { shipTo } = order;
  return { ...order, shipTo: { ...shipTo, address: { ...shipTo.address, ...address } } };
}

test("an order that is right passes, and says what its VAT is", async () => {
  const outcome = await check(anOrder());
  assert.equal(outcome.kind, "done");
  if (outcome.kind !== "done") return;
  const { vat } = outcome.output;
  assert.deepEqual([vat.scheme, vat.territory, vat.groups.length], ["domestic", "FI", 1]);
  assert.equal(vat.groups[0]?.vat.minor, 3244n);
  assert.equal(vat.explanation, "Consumer in Finland, domestic sale, 25.5 %.");
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

const vatHolds: readonly (readonly [what: string, order: Order, cause: string, field?: string])[] =
  [
    [
      "VAT that is not what is due",
      {
        ...anOrder(),
        lines: anOrder().lines.map((one) => ({ ...one, taxes: [] })),
        tax: eur(3245),
      },
      "vat.amount_differs",
    ],
    [
      "a postal code that contradicts its country",
      shipTo({ country: "AX", postalCode: "00100", city: "Helsinki" }),
      "vat.territory_contradictory",
      "shipTo.address.postalCode",
    ],
    [
      "goods of an unknown kind",
      { ...anOrder(), lines: anOrder().lines.map((one) => ({ ...one, vatCategory: "tobacco" })) },
      "vat.undecided",
    ],
    [
      "a VAT number abroad that nobody verified",
      {
        ...shipTo({ country: "DE", postalCode: "10115", city: "Berlin" }),
        taxIds: [{ type: "eu_vat", value: "DE123456788" }],
      },
      "vat_id.unverified",
      "taxIds",
    ],
  ];

for (const [what, order, cause, field] of vatHolds) {
  test(`an order with ${what} is held, and it is said who can mend it`, async () => {
    const held = await whyHeld(order);
    assert.deepEqual([held.cause, held.field], [cause, field]);
  });
}

test("a sale that needs a registration that the shop has not is held for finance", async () => {
  const order = shipTo({ country: "DE", postalCode: "10115", city: "Berlin" });
  const outcome = await check(order, { ...seller, vat: { ...seller.vat, isInOss: false } });
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "vat.registration_missing");
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
