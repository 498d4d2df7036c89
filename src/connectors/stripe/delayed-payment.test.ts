// Payments that take days: what comes before the money, and what of Stripe's reads may be believed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toDecimal } from "../../order/money.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest } from "./shop-for-tests.ts";

const settled = "checkout.session.async_payment_succeeded";
const [session, intent] = ["cs_test_a1EurIncl", "pi_3EurIncl"];

function paidButStale() {
  const under = stripeUnderTest();
  under.simulator.record(scenarioPayment("order-eur-inclusive"));
  under.simulator.record(scenarioPayment("order-bare-payment-intent"));
  under.simulator.setMood("stale", true);
  return under;
}

for (const [what, type, id] of [
  ["a debit that settled", settled, session],
  ["a payment", "payment_intent.succeeded", intent],
  ["a payment without Checkout", "payment_intent.succeeded", "pi_3Bare"],
] as const) {
  test(`${what}, announced while Stripe's reads lag behind, is read again and not forgotten`, async () => {
    const under = paidButStale();
    await assert.rejects(under.read(anEvent(type, id)), {
      verdict: "transient",
      message: /announced that \w+ is paid, and does not show it yet/,
    });
    under.simulator.setMood("stale", false);
    assert.equal((await under.read(anEvent(type, id))).kind, "order");
  });
}

test("what is not paid ten minutes after its news is no payment, and no order", async () => {
  const under = paidButStale();
  const old = { createdAt: "2026-11-18T10:00:00.000Z" };
  assert.match(await under.reasonOf(anEvent(settled, session, old)), /Not paid yet/);
  const intents = anEvent("payment_intent.succeeded", "pi_3Bare", old);
  assert.match(await under.reasonOf(intents), /is processing by now/);
});

test("a delayed payment that fails leaves no order behind", async () => {
  const { simulator, reasonOf, read } = stripeUnderTest();
  simulator.record(scenarioPayment("order-async-sepa"));
  const id = "cs_test_a1Async";
  assert.match(await reasonOf(anEvent("checkout.session.completed", id)), /Not paid yet/);
  const failed = anEvent("checkout.session.async_payment_failed", id);
  assert.match(await reasonOf(failed), /failed. There is no order/);
  // The buyer pays again, and the session is paid in the end.
  simulator.happen("evt_1AsyncOk");
  const reading = await read(anEvent(settled, id));
  assert.equal(reading.kind === "order" && toDecimal(reading.order.total), "159.63");
});

test("news that opens no order says what it means for the shop", async () => {
  const { reasonOf } = stripeUnderTest();
  const reasons = [
    ["checkout.session.expired", "cs_1", /never finished/],
    ["payment_intent.payment_failed", "pi_1", /announces the one that succeeds/],
    ["payment_intent.canceled", "pi_1", /cancelled before/],
    ["payment_intent.amount_capturable_updated", "pi_1", /Authorised, not captured/],
    ["charge.dispute.created", "dp_1", /decide in Stripe, and refund to stop it/],
    ["review.opened", "prv_1", /decide in Stripe, and refund to stop it/],
    ["toString", "x", /^"toString" opens no order\.$/],
  ] as const;
  for (const [type, id, reason] of reasons) assert.match(await reasonOf(anEvent(type, id)), reason);
});

test("a terminal's payments are not the shop's when its own carry a key in their metadata", async () => {
  const { simulator, reasonOf, orderOf } = stripeUnderTest({ bareMetadataKey: "order_id" });
  const shop = scenarioPayment("order-bare-payment-intent");
  simulator.record(shop);
  const terminal = scenarioPayment("order-bare-payment-intent", "T");
  const objects = terminal.objects.map((object) => ({ ...object, metadata: {} }));
  simulator.record({ ...terminal, objects });
  const succeeded = "payment_intent.succeeded";
  assert.match(
    await reasonOf(anEvent(succeeded, "pi_3BareT")),
    /without "order_id" .* not the shop/,
  );
  assert.equal((await orderOf(anEvent(succeeded, "pi_3Bare"))).shopOrder, "SE-77");
  // A Checkout Session is the shop's whatever its PaymentIntent holds.
  simulator.record(scenarioPayment("order-eur-inclusive"));
  assert.equal((await orderOf(anEvent(succeeded, intent))).payment.object, session);
});
