// What went back to the buyer is read anew from Stripe, whichever event told of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { PaymentEvent } from "../../connector-kit/roles.ts";
import { parseEvent } from "./parse-event.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest } from "./shop-for-tests.ts";
import { at } from "./stripe-object.ts";

const paymentIntent = "pi_3EurIncl";
const session = scenarioPayment("order-eur-inclusive").id;

function paid() {
  const under = stripeUnderTest();
  under.simulator.record(scenarioPayment("order-eur-inclusive"));
  return under;
}

type Under = ReturnType<typeof paid>;

/** The event as it comes through the door. */
function eventOf({ simulator }: Under, id: string): PaymentEvent {
  const parsed = parseEvent(JSON.stringify(simulator.happen(id)));
  assert.ok(parsed.kind === "event");
  return parsed.event;
}

async function sums(under: Under, event: PaymentEvent) {
  const reading = await under.read(event);
  if (reading.kind !== "refund") return reading.kind;
  const { refund } = reading;
  return [refund.paymentIntent, refund.refunded.minor, refund.paid.minor, refund.hasFailed];
}

test("a whole payment that went back is told by each of its events, with what Stripe's charge says", async () => {
  const under = paid();
  const { id } = under.simulator.refund({ paymentIntent });
  for (const which of ["Created", "Charge"]) {
    const event = eventOf(under, `evt_${id}${which}`);
    assert.deepEqual(await sums(under, event), [paymentIntent, 15963n, 15963n, false]);
  }
});

test("an event that tells of a part tells of the whole, once the rest went back too", async () => {
  const under = paid();
  const first = under.simulator.refund({ paymentIntent, amount: 1800 });
  const event = eventOf(under, `evt_${first.id}Charge`);
  assert.deepEqual(await sums(under, event), [paymentIntent, 1800n, 15963n, false]);
  under.simulator.refund({ paymentIntent });
  assert.deepEqual(await sums(under, event), [paymentIntent, 15963n, 15963n, false]);
});

test("a refund that did not go through says so", async () => {
  const under = paid();
  const { id } = under.simulator.refund({ paymentIntent });
  under.simulator.failRefund(id);
  const failed = [paymentIntent, 0n, 15963n, true];
  assert.deepEqual(await sums(under, eventOf(under, `evt_${id}Failed`)), failed);
  assert.deepEqual(await sums(under, anEvent("refund.updated", id)), failed);
  // Of the charge nothing is refunded any more. A moment after the event that might be an old copy of Stripe's.
  const charged = eventOf(under, `evt_${id}Charge`);
  await assert.rejects(under.read(charged), /does not show yet/);
  assert.equal(await sums(under, { ...charged, createdAt: "2026-11-18T10:00:00.000Z" }), "ignore");
});

test("an order that is read after its money went back says how much, with a session and without", async () => {
  const under = paid();
  const completed = anEvent("checkout.session.completed", session);
  const before = await under.read(completed);
  assert.equal(before.kind === "order" && before.refund, undefined);
  under.simulator.refund({ paymentIntent, amount: 1800 });
  const reading = await under.read(completed);
  assert.ok(reading.kind === "order" && reading.refund);
  assert.deepEqual([reading.refund.refunded.minor, reading.refund.paid.minor], [1800n, 15963n]);
  assert.equal(reading.refund.paymentIntent, reading.order.payment.paymentIntent);

  const bare = stripeUnderTest();
  const payment = scenarioPayment("order-bare-payment-intent");
  bare.simulator.record(payment);
  bare.simulator.refund({ paymentIntent: payment.id });
  const read = await bare.read(anEvent("payment_intent.succeeded", payment.id));
  assert.ok(read.kind === "order" && read.refund);
  assert.equal(read.refund.refunded.minor, read.refund.paid.minor);
});

test("a charge without a PaymentIntent stops nothing", async () => {
  const under = stripeUnderTest();
  const { objects, ...payment } = scenarioPayment("order-eur-inclusive");
  const old = objects.map((o) => (o.object === "charge" ? { ...o, payment_intent: null } : o));
  under.simulator.record({ ...payment, objects: old });
  assert.equal(await sums(under, anEvent("charge.refunded", "ch_3EurIncl")), "ignore");
});

test("a refund that Stripe does not know yet is read later", async () => {
  const under = paid();
  const event = anEvent("refund.created", "re_not_there_yet");
  await assert.rejects(
    under.read(event),
    (error) => error instanceof ActionError && error.verdict === "transient",
  );
});

test("the simulator gives back no more than was paid, and keeps refunds apart", () => {
  const { simulator } = paid();
  const first = simulator.refund({ paymentIntent, amount: 15_000 });
  assert.throws(() => simulator.refund({ paymentIntent, amount: 964 }), /more than what is left/);
  const second = simulator.refund({ paymentIntent });
  assert.notEqual(first.id, second.id);
  assert.equal(second.amount, 963);
  const charge = simulator.happen(`evt_${second.id}Charge`);
  assert.equal(at(charge, "data", "object", "refunded"), true);
  assert.throws(() => simulator.refund({ paymentIntent }), /more than what is left/);
});

for (const [what, more, from, advice] of [
  ["of live mode", { livemode: true }, "live:own", /STRIPE_SECRET_KEY .* live mode here/],
  ["of a foreign account", { account: "acct_else" }, "acct_else", /connectedAccounts/],
] as const) {
  test(`an event ${what} says where it comes from and what to do`, async () => {
    const reading = await paid().read(anEvent("charge.refunded", "ch_3EurIncl", more));
    assert.ok(reading.kind === "ignore" && reading.misdirected);
    assert.equal(reading.misdirected.from, from);
    assert.match(reading.misdirected.advice, advice);
  });
}
