// Webhooks that never came: a simulated Stripe that nobody delivers from, and what its lists still tell.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { StripeOptions } from "../../src/connectors/stripe/stripe-options.ts";
import { sqlReconcilerLedger } from "../../src/ledger/reconciler-ledger.ts";
import { openTestLedger, type TestLedger } from "../../src/ledger/test-ledger.ts";
import { reconciler } from "../../src/worker/reconcile.ts";
import { dayMs, hourMs, reconciledShop } from "./unheard-shop.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const minuteMs = 60_000;

/** Ordna has been running for two hours. */
async function runningShop(name: string, options: Partial<StripeOptions> = {}) {
  const shop = reconciledShop(opened.db, name, options);
  await shop.reconciling.begin();
  await shop.clock.advance(2 * hourMs);
  await shop.look();
  return shop;
}

test("a payment whose webhook never came is found, becomes an order once, and a person is told", async () => {
  const shop = await runningShop("lost");
  const payment = shop.pay("1");
  await shop.clock.advance(10 * minuteMs);
  const again = await shop.look();
  assert.ok(again && again >= 9 * minuteMs && again <= 11 * minuteMs);
  await shop.work();
  assert.deepEqual(await shop.orders(), [payment.id]);
  const [alert, ...others] = await shop.alerts();
  assert.equal(others.length, 0);
  assert.equal(alert?.severity, "warning");
  assert.match(alert?.title ?? "", /without a webhook: 1/);
  assert.match(alert?.lines[0] ?? "", new RegExp(`${payment.id}|pi_lost_1`));

  // Stripe got through after all, with everything that it had to tell.
  for (const { event } of payment.events) await shop.deliver(event.id);
  await shop.work();
  await shop.look();
  await shop.work();
  assert.deepEqual(await shop.orders(), [payment.id]);
  assert.deepEqual((await shop.events()).map((e) => e.disposition).sort(), [
    "ignored", // charge.succeeded
    "joined",
    "opened",
  ]);
  assert.equal((await shop.alerts()).length, 1);
});

test("a webhook that comes in the very moment of the look makes no second order", async () => {
  const shop = await runningShop("moment");
  const payment = shop.pay("1");
  await shop.clock.advance(10 * minuteMs);
  await Promise.all([
    shop.look(),
    ...payment.events.map(({ event }) => shop.deliver(event.id)),
    shop.look(),
  ]);
  await shop.work();
  assert.deepEqual(await shop.orders(), [payment.id]);
});

test("an order that exists is not touched, whichever of its events told of it", async () => {
  const shop = await runningShop("there");
  const payment = shop.pay("1");
  await shop.deliver("evt_there_1Completed");
  await shop.work();
  const before = await shop.events();
  const changed = "select changed_at, facts from orders where store = 'there'";
  const order = (await opened.db.query(changed)).rows;
  await shop.clock.advance(2 * dayMs);
  await shop.look();
  await shop.work();
  assert.deepEqual(await shop.events(), before);
  assert.deepEqual((await opened.db.query(changed)).rows, order);
  assert.deepEqual(await shop.orders(), [payment.id]);
  assert.deepEqual(await shop.alerts(), []);
});

test("what was paid a moment ago is left to its webhook", async () => {
  const shop = await runningShop("young");
  shop.pay("1");
  await shop.clock.advance(2 * minuteMs);
  await shop.look();
  assert.deepEqual(await shop.events(), []);
  await shop.clock.advance(10 * minuteMs);
  await shop.look();
  assert.equal((await shop.events()).length, 1);
});

test("what was paid before Ordna began is never entered by itself", async () => {
  const shop = reconciledShop(opened.db, "past");
  shop.pay("old");
  await shop.clock.advance(hourMs);
  await shop.reconciling.begin();
  for (let day = 0; day < 3; day++) {
    await shop.clock.advance(1.2 * dayMs);
    await shop.look();
  }
  assert.deepEqual(await shop.events(), []);
});

test("more than a hundred lost events are found page by page, and one is entered for each payment", async () => {
  const shop = await runningShop("many");
  for (let i = 0; i < 130; i++) shop.pay(String(i));
  shop.asked.length = 0;
  await shop.clock.advance(10 * minuteMs);
  await shop.look();
  assert.deepEqual(shop.asked, Array(3).fill("/v1/events"));
  assert.equal((await shop.events()).length, 130);
  assert.match((await shop.alerts())[0]?.title ?? "", /130/);
  assert.match((await shop.alerts())[0]?.lines[0] ?? "", /and 120 more/);
});

test("what Stripe announced more than 30 days ago is found by its session, by its PaymentIntent", async () => {
  const shop = await runningShop("month");
  const checkout = shop.pay("1");
  const bare = shop.pay("2", "payment-intent");
  const free = shop.pay("3", "free");
  await shop.clock.advance(40 * dayMs);
  await shop.look();
  assert.deepEqual(
    (await shop.events()).map(({ id }) => id),
    [checkout.id, free.id, bare.id].map((id) => `reconcile:${id}`).sort(),
  );
  await shop.work();
  assert.deepEqual(await shop.orders(), [checkout.id, bare.id, free.id].sort());
  shop.asked.length = 0;
  await shop.look();
  assert.deepEqual(shop.asked, ["/v1/events"], "it is remembered how far was looked");
  await shop.clock.advance(2 * dayMs);
  await shop.look();
  assert.equal((await shop.events()).length, 3);
  assert.equal((await shop.alerts()).length, 1);
});

test("a debit that settled while nobody listened is found, though its session had come unpaid", async () => {
  for (const [name, days] of [
    ["sepa", 1],
    ["sepalong", 40],
  ] as const) {
    // Only its session tells of it.
    const shop = await runningShop(name, { acceptBarePaymentIntents: false });
    const payment = shop.pay("1", "sepa");
    await shop.deliver(`evt_${name}_1Completed`);
    await shop.work();
    assert.deepEqual(await shop.orders(), []);
    shop.simulator.happen(`evt_${name}_1AsyncOk`);
    await shop.clock.advance(days * dayMs);
    await shop.look();
    await shop.work();
    assert.deepEqual(await shop.orders(), [payment.id]);
  }
});

test("what was looked at and is no order costs nothing more: it is entered once, and no alert repeats it", async () => {
  const shop = await runningShop("noorder");
  const bare = shop.pay("1", "payment-intent");
  const json = JSON.stringify(bare).replaceAll("noorder_1", "invoice_1");
  const ofInvoice = JSON.parse(json);
  const link = {
    id: "inpay_1",
    object: "invoice_payment",
    payment: { type: "payment_intent", payment_intent: "pi_invoice_1" },
  };
  shop.simulator.record({ ...ofInvoice, objects: [...ofInvoice.objects, link] });
  await shop.deliver("evt_invoice_1PiSucceeded");
  await shop.deliver("evt_noorder_1PiSucceeded");
  await shop.work();
  for (let day = 0; day < 3; day++) {
    await shop.clock.advance(1.2 * dayMs);
    await shop.look();
  }
  assert.deepEqual(
    (await shop.events()).map(({ id, disposition }) => [id, disposition]),
    [
      ["evt_invoice_1PiSucceeded", "ignored"],
      ["evt_noorder_1PiSucceeded", "opened"],
    ],
  );
  assert.deepEqual(await shop.alerts(), []);
});

test("an outage of Stripe's is waited out, and the look goes on where it was", async () => {
  const shop = await runningShop("outage");
  shop.pay("1");
  await shop.clock.advance(3 * dayMs);
  shop.simulator.setMood("outage", true);
  const again = await shop.look();
  assert.ok(again && again > minuteMs && again < 3 * minuteMs);
  assert.deepEqual([await shop.events(), await shop.alerts()], [[], []]);
  shop.simulator.setMood("outage", false);
  await shop.look();
  assert.equal((await shop.events()).length, 1);
});

test("a key that may not read the lists is told to a person, once a day", async () => {
  const shop = await runningShop("key");
  shop.simulator.setMood("restricted-key", true);
  await shop.look();
  await shop.look();
  const alerts = await shop.alerts();
  assert.equal(alerts.length, 1);
  assert.match(alerts[0]?.lines[0] ?? "", /lacks the right/);
});

test("when Ordna stops, a look ends at its next request and is taken up later", async () => {
  const shop = await runningShop("stop");
  shop.pay("1");
  await shop.clock.advance(hourMs);
  shop.reconciling.stop();
  await shop.look();
  assert.deepEqual([await shop.events(), await shop.alerts()], [[], []]);
  await reconciler(shop.world(), sqlReconcilerLedger(opened.db)).handle("reconcile/stop");
  assert.equal((await shop.events()).length, 1);
});
