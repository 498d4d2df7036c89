// Orders that nobody hoped for: hostile text, missing pieces, sums that differ.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { toDecimal } from "../../order/money.ts";
import { simulatedPayment } from "./payments.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest } from "./shop-for-tests.ts";
import type { StripeObject } from "./stripe-object.ts";
import { withAt } from "./stripe-object.ts";

const completed = "checkout.session.completed";
const session = "cs_test_a1EurIncl";

/** The first scenario with one field changed somewhere in one of its objects. */
function changed(id: string, path: string, value: unknown) {
  const payment = scenarioPayment("order-eur-inclusive");
  const objects = payment.objects.map((object): StripeObject => {
    if (object.id !== id) return object;
    const other = withAt(object, path.split("."), value);
    return { ...object, ...(typeof other === "object" ? other : {}) };
  });
  return { ...payment, objects };
}

async function orderWith(id: string, path: string, value: unknown) {
  const { simulator, orderOf } = stripeUnderTest();
  simulator.record(changed(id, path, value));
  return await orderOf(anEvent(completed, session));
}

async function refusalWith(id: string, path: string, value: unknown): Promise<ActionError> {
  try {
    await orderWith(id, path, value);
  } catch (thrown) {
    if (thrown instanceof ActionError) return thrown;
  }
  throw new Error("It became an order.");
}

test("lines that do not make up the total become an order with a note that holds it", async () => {
  const order = await orderWith(session, "amount_total", 15964);
  assert.equal(toDecimal(order.total), "159.64");
  assert.deepEqual(order.notes, [
    "amounts differ: lines and shipping make 159.63 EUR, the payment is 159.64 EUR.",
    "amounts differ: 159.63 EUR was received, the payment is 159.64 EUR.",
  ]);
  const vat = await orderWith(session, "total_details.amount_tax", 3243);
  assert.match(vat.notes[0] ?? "", /^amounts differ: the VAT .* makes 32.44 EUR/);
});

test("an amount that is no whole number, or beyond all precision, is not believed", async () => {
  for (const amount of [0.1, "12", 2 ** 53, null]) {
    const error = await refusalWith(session, "total_details.amount_tax", amount);
    assert.equal(error.failure.cause, "provider.unexpected_answer");
  }
  const negative = await orderWith(session, "amount_total", -1);
  assert.ok(negative.notes.some((note) => note === "amounts differ: one of them is negative."));
});

test("NUL, lone surrogates and prototype keys are gone before anybody stores them", async () => {
  const named = await orderWith(
    session,
    "collected_information.shipping_details.name",
    "A\u0000\ud800B",
  );
  assert.equal(named.shipTo.name, "A\uFFFDB");
  const nasty = JSON.parse(
    `{"__proto__":"x","constructor":"y","note":"z","long":"${"w".repeat(1500)}"}`,
  );
  const order = await orderWith(session, "metadata", nasty);
  assert.deepEqual(Object.keys(order.metadata), ["note", "long"]);
  assert.equal(order.metadata.long?.length, 1000);
});

test("metadata of the payment and of the session are both read, and the session wins", async () => {
  const order = await orderWith("pi_3EurIncl", "metadata", { locale: "sv-FI", shop_order: "no" });
  assert.deepEqual(order.metadata, { locale: "sv-FI", shop_order: "PK-10482" });
  assert.deepEqual(order.locale, { tag: "sv-FI", source: "metadata" });
});

test("people are called by their own name, companies stand beside it, and nobody is split in two", async () => {
  const both = { individual_name: "Anna-Maria af Ex Ample", business_name: "Example Oy" };
  const details = {
    ...both,
    name: "Example Oy",
    email: "a@example.com",
    phone: null,
    address: null,
    tax_ids: [],
  };
  const order = await orderWith(session, "customer_details", details);
  assert.deepEqual(order.buyer, {
    name: "Anna-Maria af Ex Ample",
    company: "Example Oy",
    email: "a@example.com",
  });
  const person = { ...details, individual_name: null, business_name: null, name: "Cher" };
  const other = await orderWith(session, "customer_details", person);
  assert.deepEqual([other.buyer.name, other.buyer.company], ["Cher", undefined]);
});

test("a language of null or auto falls back to the customer's, then to the country's", async () => {
  for (const unknown of [null, "auto"]) {
    const order = await orderWith(session, "locale", unknown);
    assert.deepEqual(order.locale, { tag: "fi", source: "customer" });
  }
});

test("without a delivery address the payment's is used, then the billing address with a note", async () => {
  const place = { line1: "Storgatan 1", city: "Malmö", postal_code: "211 34", country: "se" };
  const under = stripeUnderTest();
  const payment = changed(session, "collected_information.shipping_details", null);
  const objects = payment.objects.map((object) =>
    object.id === "pi_3EurIncl"
      ? { ...object, shipping: { name: "Test Kund", phone: "1", address: place } }
      : object,
  );
  under.simulator.record({ ...payment, objects });
  const order = await under.orderOf(anEvent(completed, session));
  assert.equal(order.shipTo.address?.country, "SE");
  assert.equal(order.shipTo.company, undefined);
  assert.deepEqual(order.notes, []);

  const billed = await orderWith(session, "collected_information.shipping_details", null);
  assert.equal(billed.shipTo.address?.city, "Helsinki");
  assert.match(billed.notes[0] ?? "", /billing address is used/);
});

test("a payment that was refunded, disputed or reviewed meanwhile says so", async () => {
  const refunded = await orderWith("ch_3EurIncl", "amount_refunded", 1800);
  assert.deepEqual(refunded.notes, ["Refunded already: 18.00 EUR."]);
  const disputed = await orderWith("ch_3EurIncl", "disputed", true);
  assert.deepEqual(disputed.notes, ["The buyer disputes the payment."]);
  const reviewed = await orderWith("ch_3EurIncl", "review", "prv_1");
  assert.match(reviewed.notes[0] ?? "", /Stripe Radar .* prv_1/);
});

test("what the buyer saw in another currency is noted; the order stays in the shop's", async () => {
  const seen = { presentment_amount: 500, presentment_currency: "isk" };
  const order = await orderWith(session, "presentment_details", seen);
  assert.equal(order.currency, "EUR");
  assert.deepEqual(order.notes, ["The buyer saw and paid 5 ISK."]);
});

test("subscriptions and authorisations that nobody captured open no order", async () => {
  const reason = async (id: string, path: string, value: unknown) => {
    const under = stripeUnderTest();
    under.simulator.record(changed(id, path, value));
    return under.reasonOf(anEvent(completed, session));
  };
  assert.match(await reason(session, "mode", "subscription"), /subscription mode/);
  assert.match(await reason("pi_3EurIncl", "status", "requires_capture"), /not captured/);
});

test("more than a hundred lines are read to the last", async () => {
  const under = stripeUnderTest();
  const lines = Array.from({ length: 250 }, (_, i) => ({
    description: `Thing ${i + 1}`,
    sku: `T-${i + 1}`,
    unitAmount: 199,
    quantity: 1,
    weightGrams: 10,
  }));
  under.simulator.record(simulatedPayment({ ...spec, id: "Many", lines }));
  const order = await under.orderOf(anEvent(completed, "cs_test_Many"));
  assert.equal(order.lines.length, 250);
  assert.equal(order.lines[249]?.sku, "T-250");
  assert.equal(toDecimal(order.total), "497.50");
  assert.deepEqual(order.notes, []);
});

test("a PaymentIntent without lines is refused, or one line if the shop allows it", async () => {
  const payment = scenarioPayment("order-bare-payment-intent");
  const bare = {
    ...payment,
    objects: payment.objects.map((object) =>
      object.object === "payment_intent" ? { ...object, amount_details: { tip: {} } } : object,
    ),
  };
  const event = anEvent("payment_intent.succeeded", "pi_3Bare");
  const strict = stripeUnderTest();
  strict.simulator.record(bare);
  await assert.rejects(strict.orderOf(event), (error) => {
    assert.ok(error instanceof ActionError);
    assert.equal(error.verdict, "permanent");
    return error.failure.cause === "order.unsupported";
  });
  const lenient = stripeUnderTest({ syntheticLine: "one-line" });
  lenient.simulator.record(bare);
  const order = await lenient.orderOf(event);
  assert.deepEqual(
    order.lines.map((line) => [line.description, toDecimal(line.total)]),
    [["Order SE-77", "129.00"]],
  );
  assert.equal(order.taxSource, "none");
});

const spec = {
  id: "Odd",
  kind: "checkout",
  country: "FI",
  locale: "fi",
  currency: "EUR",
  vatPercent: 25.5,
  vatInclusive: true,
  buyer: {
    name: "Example Buyer",
    email: "buyer@example.com",
    address: { line1: "Mannerheimintie 12", city: "Helsinki", postalCode: "00100" },
  },
  lines: [],
  createdAt: new Date("2026-11-18T11:06:40Z"),
} as const;
