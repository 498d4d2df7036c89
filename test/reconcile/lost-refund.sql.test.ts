// Refunds that nobody told of: the order must not leave the house because a webhook was lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestLedger, type TestLedger } from "../../src/ledger/test-ledger.ts";
import { hourMs, reconciledShop } from "./unheard-shop.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const minuteMs = 60_000;

/** Somebody has paid, and the order is open; nothing of it was done yet. */
async function shopWithOrder(name: string) {
  const shop = reconciledShop(opened.db, name);
  await shop.reconciling.begin();
  await shop.clock.advance(2 * hourMs);
  await shop.look();
  const payment = shop.pay("1");
  await shop.deliver(`evt_${name}_1Completed`);
  await shop.work();
  return { shop, payment, paymentIntent: `pi_${name}_1` };
}

test("a refund whose event never came is found by asking, and stops its order", async () => {
  const { shop, payment, paymentIntent } = await shopWithOrder("unheard");
  const { id } = shop.simulator.refund({ paymentIntent });
  await shop.clock.advance(10 * minuteMs);
  await shop.look();
  await shop.work();
  const states = (await shop.steps(payment.id)).map(({ state, cause }) => [state, cause]);
  assert.deepEqual(states, [
    ["skipped", "order.refunded"],
    ["skipped", "order.refunded"],
  ]);
  const told = (await shop.alerts()).map(({ title, lines }) => `${title} ${lines.join(" ")}`);
  assert.ok(told.some((text) => /without a webhook: 1/.test(text) && text.includes(id)));

  // Stripe got through after all.
  await shop.deliver(`evt_${id}Created`);
  await shop.deliver(`evt_${id}Charge`);
  await shop.work();
  await shop.look();
  assert.equal((await shop.alerts()).length, told.length, "nobody hears of it twice");
});

test("a second part that went back unheard is found, although the first part was heard of", async () => {
  const { shop, payment, paymentIntent } = await shopWithOrder("parts");
  const first = shop.simulator.refund({ paymentIntent, amount: 100 });
  await shop.deliver(`evt_${first.id}Created`);
  await shop.deliver(`evt_${first.id}Charge`);
  await shop.work();
  assert.ok((await shop.steps(payment.id)).every(({ state }) => state !== "skipped"));
  shop.simulator.refund({ paymentIntent });
  await shop.clock.advance(10 * minuteMs);
  await shop.look();
  await shop.work();
  assert.ok((await shop.steps(payment.id)).every(({ state }) => state === "skipped"));
});
