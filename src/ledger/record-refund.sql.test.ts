// Money that goes back stops what is not begun; whatever was begun comes to its end, and people are told what was done.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { minuteMs, refundOf, refundsIn } from "./refunds-for-tests.ts";
import {
  claimBy,
  claimed,
  endings,
  letTimePass,
  openTestLedger,
  stepOf,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
let shop: ReturnType<typeof refundsIn>;
before(async () => {
  opened = await openTestLedger();
  shop = refundsIn(opened);
});
after(() => opened.close());

test("an order that is refunded before anything was begun is cancelled, and says that nothing is done any more", async () => {
  const order = await shop.open();
  const subject = await shop.refund(order);
  assert.deepEqual(await shop.standing(order), {
    state: "cancelled",
    isStopped: true,
    steps: ["book skipped", "label skipped", "mail skipped", "row skipped"],
  });
  assert.equal((await stepOf(opened.ledger, order.reference, "row")).cause, "order.refunded");
  assert.equal((await opened.ledger.loadEvent(subject))?.disposition, "joined");
  assert.deepEqual(await shop.told(order), [
    `info | ${order.shopOrder} (${order.reference}): refunded, so the rest was stopped | ` +
      "100.00 EUR of 100.00 EUR went back to the buyer. | Not done any more: book, label, mail, row.",
  ]);
  assert.equal(await shop.isDue(order), true, "the worker looks once more, and lets it rest");
});

test("what was done before the refund stays done, and a person decides about it", async () => {
  const order = await shop.open();
  await shop.done(order, "book");
  await shop.refund(order);
  const { state, steps } = await shop.standing(order);
  assert.equal(state, "cancelled");
  assert.deepEqual(steps, ["book done", "label skipped", "mail skipped", "row skipped"]);
  const [message] = await shop.told(order);
  assert.match(
    message ?? "",
    /^needs-you .* Already done: book\. A person decides what to undo\.$/,
  );
});

test("what waits for a person, for an outage or for another step is not done any more", async () => {
  const order = await shop.open();
  const { reference } = order;
  await opened.ledger.finish(await claimed(opened.ledger, reference, "book"), endings.attention());
  const parked = endings.retry({ isParked: true, delayMs: minuteMs });
  await opened.ledger.finish(await claimed(opened.ledger, reference, "row"), parked);
  await shop.refund(order);
  assert.deepEqual((await shop.standing(order)).state, "cancelled");
  for (const name of ["book", "label", "mail", "row"]) {
    assert.equal(await opened.ledger.retry(reference, name), false, `${name} does not begin anew`);
    assert.equal(await claimBy(opened.ledger, reference, name), undefined);
  }
});

test("a step that is running when the money goes back ends as it ends, and nothing follows it", async () => {
  const order = await shop.open();
  const claim = await claimed(opened.ledger, order.reference, "book");
  await shop.refund(order);
  const expected = ["book running", "label skipped", "mail skipped", "row skipped"];
  assert.deepEqual(await shop.standing(order), { state: "open", isStopped: true, steps: expected });
  assert.match((await shop.told(order))[0] ?? "", /^needs-you .* Begun, and perhaps done: book\./);
  assert.ok(await opened.ledger.finish(claim, endings.done(`late ${order.reference}`)));
  assert.equal((await shop.standing(order)).state, "cancelled");
});

for (const [what, ending] of [
  ["refused for now", endings.retry({ delayMs: minuteMs })],
  ["refused during an outage", endings.retry({ isParked: true, delayMs: minuteMs })],
  ["refused for good", endings.attention()],
] as const) {
  test(`a step that was running and is ${what} is not tried again`, async () => {
    const order = await shop.open();
    const claim = await claimed(opened.ledger, order.reference, "book");
    await shop.refund(order);
    await opened.ledger.finish(claim, ending);
    const { state, steps } = await shop.standing(order);
    assert.deepEqual([state, steps[0]], ["cancelled", "book skipped"]);
  });
}

test("a step in doubt is looked up first: it stays until somebody knows", async () => {
  const order = await shop.open();
  const { reference } = order;
  await opened.ledger.finish(await claimed(opened.ledger, reference, "book"), endings.unknown());
  await shop.refund(order);
  assert.deepEqual((await shop.standing(order)).steps[0], "book unknown");
  assert.equal((await shop.standing(order)).state, "open");
  const look = await claimed(opened.ledger, reference, "book");
  assert.equal(look.isRepeat, true);
  await opened.ledger.finish(look, endings.retry({ wasAbsent: true }));
  const { state, steps } = await shop.standing(order);
  assert.deepEqual([state, steps[0]], ["cancelled", "book skipped"]);
});

test("a step in doubt that only a person can look up still needs that person", async () => {
  const order = await shop.open();
  const { reference } = order;
  const inDoubt = endings.attention({ isInDoubt: true });
  await opened.ledger.finish(await claimed(opened.ledger, reference, "book"), inDoubt);
  await shop.refund(order);
  assert.deepEqual((await shop.standing(order)).state, "attention");
  assert.equal(await opened.ledger.retry(reference, "book"), true);
  assert.equal((await stepOf(opened.ledger, reference, "book")).state, "unknown");
});

test("a step whose worker died is taken over, and only to be looked up", async () => {
  const order = await shop.open();
  const { reference } = order;
  await claimed(opened.ledger, reference, "book");
  await shop.refund(order);
  await letTimePass(opened.db, 3 * minuteMs);
  const heir = await claimed(opened.ledger, reference, "book");
  assert.equal(heir.isRepeat, true);
  const found = { ...endings.done(`found ${reference}`), via: "look-up" as const };
  await opened.ledger.finish(heir, found);
  assert.equal((await shop.standing(order)).state, "cancelled");
});

test("an order whose last step was running is done, not cancelled: all of it was carried out", async () => {
  const order = await shop.open();
  for (const name of ["row", "book", "label"]) await shop.done(order, name);
  const claim = await claimed(opened.ledger, order.reference, "mail");
  await shop.refund(order);
  await opened.ledger.finish(claim, endings.done(`mail of ${order.reference}`));
  assert.equal((await shop.standing(order)).state, "done");
});

test("a refund after the order was done changes nothing, and a person is told", async () => {
  const order = await shop.open();
  for (const name of ["row", "book", "label", "mail"]) await shop.done(order, name);
  const before = await shop.standing(order);
  await shop.refund(order);
  assert.deepEqual(await shop.standing(order), before);
  assert.deepEqual([before.state, before.isStopped], ["done", false]);
  const [message] = await shop.told(order);
  assert.match(message ?? "", /^needs-you .* refunded after everything was done .* credit note/);
});

test("a part that goes back stops nothing, and finance is told once for each sum", async () => {
  const order = await shop.open();
  await shop.refund(order, 4000);
  await shop.refund(order, 4000);
  const { isStopped, state } = await shop.standing(order);
  assert.deepEqual([isStopped, state], [false, "open"]);
  await shop.refund(order, 5000);
  const messages = await shop.told(order);
  assert.equal(messages.length, 2);
  assert.match(messages[0] ?? "", /refunded in part \| 40\.00 EUR of 100\.00 EUR/);
  await shop.refund(order, 10_000);
  assert.equal((await shop.standing(order)).state, "cancelled", "the parts make the whole");
});

test("however many events tell of one refund, people are told once", async () => {
  const order = await shop.open();
  const subject = await shop.refund(order);
  await Promise.all([shop.refund(order), shop.refund(order)]);
  await opened.ledger.recordRefund(subject, refundOf(order));
  assert.equal((await shop.told(order)).length, 1);
});

test("a refund that does not go through is told; the order stays stopped", async () => {
  const order = await shop.open();
  await shop.refund(order);
  await shop.refund(order, 0, true);
  assert.equal((await shop.standing(order)).state, "cancelled");
  assert.match((await shop.told(order))[1] ?? "", /did not go through .* stays stopped/);
});
