// Orders that go without some of their steps.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { NewStep } from "./ledger.ts";
import {
  anEvent,
  anOrderPaidBy,
  aPayment,
  aStep,
  claimed,
  endings,
  openTestLedger,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

async function openWithout(leaveOut: readonly string[], steps: readonly NewStep[]) {
  const { ledger } = opened;
  const object = aPayment();
  const { subject } = await ledger.recordEvent(anEvent(`evt_${object}`, { leaveOut }));
  const order = anOrderPaidBy(object);
  await ledger.openOrder(subject, order, { trigger: "paid", steps });
  return order.reference;
}

async function standing(reference: string) {
  const order = await opened.ledger.loadOrder(reference);
  return [order?.state, ...(order?.steps.map(({ name, state }) => `${name} ${state}`) ?? [])];
}

const steps = [aStep("book"), aStep("mail", { needs: ["book"] })];

test("a step that is left out says why, and the order is done without it", async () => {
  const { ledger } = opened;
  const reference = await openWithout(["mail", "gone"], steps);
  assert.deepEqual(await standing(reference), ["open", "book ready", "mail skipped"]);
  const mail = (await ledger.loadOrder(reference))?.steps[1];
  assert.deepEqual(
    [mail?.cause, /left out/i.test(mail?.message ?? "")],
    ["order.entered_late", true],
  );
  assert.equal(await ledger.retry(reference, "mail"), false);
  await ledger.finish(await claimed(ledger, reference, "book"), endings.done("record-1"));
  assert.deepEqual(await standing(reference), ["done", "book done", "mail skipped"]);
});

test("a step that another one needs is not left out, whatever the event says", async () => {
  const reference = await openWithout(["book"], steps);
  assert.deepEqual(await standing(reference), ["open", "book ready", "mail blocked"]);
});

test("an order without any step left is done at once", async () => {
  const reference = await openWithout(["book"], [aStep("book")]);
  assert.deepEqual(await standing(reference), ["done", "book skipped"]);
});

test("what comes again with other wishes changes nothing", async () => {
  const { ledger } = opened;
  const object = aPayment();
  await ledger.recordEvent(anEvent(`evt_${object}`, { leaveOut: ["mail"] }));
  const { subject, isFresh } = await ledger.recordEvent(anEvent(`evt_${object}`));
  assert.equal(isFresh, false);
  const order = anOrderPaidBy(object);
  await ledger.openOrder(subject, order, { trigger: "paid", steps });
  assert.deepEqual(await standing(order.reference), ["open", "book ready", "mail skipped"]);
});
