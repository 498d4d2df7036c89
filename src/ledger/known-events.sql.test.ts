import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sqlReconcilerLedger } from "./reconciler-ledger.ts";
import {
  anEvent,
  anOrderPaidBy,
  aPayment,
  openTestLedger,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

async function isKnown(id: string, type: string, ...objects: readonly string[]): Promise<boolean> {
  const known = await sqlReconcilerLedger(opened.db).knownEvents("stripe", [{ id, type, objects }]);
  return known.has(id);
}

/** An event about `objectId` is received. */
async function receive(id: string, type: string, objectId: string): Promise<string> {
  const event = { id, type, objectId, createdAt: "2026-11-23T11:59:00.000Z", livemode: false };
  return (await opened.ledger.recordEvent(anEvent(id, { event }))).subject;
}

const completed = "checkout.session.completed";
const settled = "checkout.session.async_payment_succeeded";

test("an event that was received is known, and another one is not", async () => {
  await receive("evt_1", completed, "cs_1");
  assert.ok(await isKnown("evt_1", completed, "cs_1"));
  assert.ok(!(await isKnown("evt_2", completed, "cs_2")));
});

test("whatever tells of a payment that has its order is known: by its session, by its PaymentIntent", async () => {
  const object = aPayment();
  const subject = await receive("evt_order", completed, object);
  const order = anOrderPaidBy(object, "pi_of_order");
  await opened.ledger.openOrder(subject, order, { trigger: "paid", steps: [] });
  assert.ok(await isKnown("evt_new", "payment_intent.succeeded", "pi_of_order"));
  assert.ok(await isKnown(`reconcile:${object}`, settled, object, "pi_of_order"));
  assert.ok(await isKnown("evt_other", settled, "cs_elsewhere", "pi_of_order"));
});

test("a payment that is in hand, or waits for a person, is known by any of its events", async () => {
  await receive("evt_hand", "payment_intent.succeeded", "pi_hand");
  assert.ok(await isKnown("evt_new", completed, "cs_hand", "pi_hand"));
  const subject = await receive("evt_odd", completed, "cs_odd");
  await opened.ledger.quarantineEvent(subject, "odd", {
    severity: "needs-you",
    title: "Odd",
    lines: [],
  });
  assert.ok(await isKnown("reconcile:cs_odd", settled, "cs_odd", "pi_odd"));
});

test("an ignored event proves nothing about other events of its object, and all about its twins", async () => {
  const subject = await receive("evt_unpaid", completed, "cs_debit");
  await opened.ledger.ignoreEvent(subject, "Not paid yet.");
  assert.ok(!(await isKnown("evt_settled", settled, "cs_debit")));
  assert.ok(await isKnown("evt_twin", completed, "cs_debit"));
});

test("each of many is judged by itself, and nobody asks about nothing", async () => {
  const ledger = sqlReconcilerLedger(opened.db);
  await receive("evt_a", completed, "cs_a");
  const asked = ["a", "b"].map((x) => ({ id: `evt_${x}`, type: completed, objects: [`cs_${x}`] }));
  assert.deepEqual(await ledger.knownEvents("stripe", asked), new Set(["evt_a"]));
  assert.deepEqual(await ledger.knownEvents("stripe", []), new Set());
  assert.deepEqual(await ledger.knownEvents("other", asked), new Set());
});

test("what the installation remembers under a name is the last that it was told", async () => {
  const ledger = sqlReconcilerLedger(opened.db);
  assert.equal(await ledger.recall("a"), undefined);
  await ledger.remember("a", "1");
  await ledger.remember("a", "2");
  await ledger.remember("b", "3");
  assert.deepEqual([await ledger.recall("a"), await ledger.recall("b")], ["2", "3"]);
});
