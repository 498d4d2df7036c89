// A refund and its order may come in any order, and at the same instant: the order never goes on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aPaidOrder, refundOf, refundsIn, run } from "./refunds-for-tests.ts";
import { sqlLedger } from "./sql-ledger.ts";
import { claimBy, endings, openTestLedger, type TestLedger } from "./test-ledger.ts";

let opened: TestLedger;
let shop: ReturnType<typeof refundsIn>;
before(async () => {
  opened = await openTestLedger();
  shop = refundsIn(opened);
});
after(() => opened.close());

test("a refund that comes before its order is kept: the order opens stopped, and says so", async () => {
  const order = aPaidOrder();
  const subject = await shop.refund(order);
  assert.equal((await opened.ledger.loadEvent(subject))?.disposition, "ignored");
  await shop.open(order);
  const { state, steps } = await shop.standing(order);
  assert.equal(state, "cancelled");
  assert.ok(steps.every((step) => step.endsWith("skipped")));
  assert.equal((await shop.told(order)).length, 1);
});

test("readings that come out of order forget nothing: the order of the whole that went back opens stopped", async () => {
  const order = aPaidOrder();
  await shop.refund(order, 10_000);
  await shop.refund(order, 4000);
  await shop.open(order);
  assert.equal((await shop.standing(order)).state, "cancelled");
});

test("a refund that failed before its order came does not stop it; a part is told when it opens", async () => {
  const order = aPaidOrder();
  await shop.refund(order);
  await shop.refund(order, 0, true);
  await shop.open(order);
  assert.equal((await shop.standing(order)).state, "open");
  const other = aPaidOrder();
  await shop.refund(other, 4000);
  await shop.open(other);
  assert.equal((await shop.standing(other)).state, "open");
  assert.match((await shop.told(other))[0] ?? "", /refunded in part/);
});

test("an order whose payment went back while it was read opens stopped", async () => {
  const order = aPaidOrder();
  await shop.open(order, refundOf(order));
  assert.equal((await shop.standing(order)).state, "cancelled");
  assert.equal((await shop.told(order)).length, 1);
});

test("a second event of a payment that went back meanwhile stops the order that is open", async () => {
  const order = await shop.open();
  await shop.open(order, refundOf(order));
  assert.equal((await shop.standing(order)).state, "cancelled");
});

test("a refund of another payment stops nothing", async () => {
  const order = await shop.open();
  await shop.refund(aPaidOrder());
  assert.equal((await shop.standing(order)).state, "open");
  assert.deepEqual(await shop.told(order), []);
});

test("the order and its refund at the same instant, through two connections: always stopped, told once", async () => {
  // The embedded database has one session; PostgreSQL has one for each of the two.
  const ledgers = [sqlLedger(opened.db), sqlLedger(opened.db)] as const;
  for (let round = 0; round < 30; round++) {
    const order = aPaidOrder();
    const [paid, back] = [
      await shop.anEventOf(order, "paid"),
      await shop.anEventOf(order, "refund"),
    ];
    const both = [
      () => ledgers[0].openOrder(paid, order, run),
      () => ledgers[1].recordRefund(back, refundOf(order)),
    ];
    if (round % 2 === 1) both.reverse();
    await Promise.all(both.map((one) => one()));
    assert.equal((await shop.standing(order)).state, "cancelled", `round ${round}`);
    assert.equal((await shop.told(order)).length, 1);
  }
});

test("a refund and a claim at the same instant: whoever claims first is brought to an end, nobody else begins", async () => {
  for (let round = 0; round < 20; round++) {
    const order = await shop.open();
    const back = await shop.anEventOf(order, "refund");
    const refunding = () => opened.ledger.recordRefund(back, refundOf(order));
    const first = round % 2 === 0 ? undefined : refunding();
    const claiming = claimBy(opened.ledger, order.reference, "book");
    await (first ?? refunding());
    const claim = await claiming;
    const { steps, state } = await shop.standing(order);
    assert.equal(steps[0], claim ? "book running" : "book skipped");
    assert.equal(state, claim ? "open" : "cancelled");
    if (claim) await opened.ledger.finish(claim, endings.retry());
    assert.equal((await shop.standing(order)).state, "cancelled");
  }
});
