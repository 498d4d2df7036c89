import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listOrders, type OrderQuery, showOrder } from "./list-orders.ts";
import {
  anEvent,
  anOrderPaidBy,
  aStep,
  claimed,
  endings,
  openOrderWith,
  openTestLedger,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
/** Five orders that were opened within one millisecond, in the order of their list: newest first. */
let references: string[];

before(async () => {
  opened = await openTestLedger();
  references = await Promise.all(
    Array.from({ length: 5 }, () =>
      openOrderWith(opened.ledger, [aStep("book"), aStep("label", { needs: ["book"] })]),
    ),
  );
  for (const [i, reference] of references.entries()) {
    await opened.db.query("update orders set created_at = $2::timestamptz where reference = $1", [
      reference,
      // The last two at the very same instant: the reference decides.
      `2026-11-23T12:00:00.1234${i < 3 ? 50 - i : 10}Z`,
    ]);
  }
  references = [...references.slice(0, 3), ...references.slice(3).sort().reverse()];
});
after(() => opened.close());

async function pages(query: OrderQuery): Promise<string[][]> {
  const all: string[][] = [];
  let before: string | undefined;
  do {
    const { orders, next } = await listOrders(opened.db, { ...query, before });
    all.push(orders.map(({ reference }) => reference));
    before = next ?? undefined;
    assert.ok(all.length < 10, "the pages end");
  } while (before !== undefined);
  return all;
}

test("pages show every order once, newest first, also those of one millisecond", async () => {
  assert.deepEqual((await pages({ limit: 1 })).flat(), references);
  assert.deepEqual((await pages({ limit: 2 })).flat(), references);
  assert.deepEqual(await pages({ limit: 3 }), [references.slice(0, 3), references.slice(3)]);
});

test("the last page says that it is the last, also when it is full", async () => {
  assert.deepEqual(await pages({ limit: 5 }), [references]);
});

test("an order is shown with its facts, its steps, its events and what happened to it", async () => {
  const { ledger, db } = opened;
  const [reference = ""] = references;
  await ledger.finish(await claimed(ledger, reference, "book"), endings.retry());
  await ledger.finish(await claimed(ledger, reference, "book"), endings.done("booking-1"));
  const shown = await showOrder(db, reference);
  assert.equal(shown?.shopOrder, "PK-10482");
  assert.deepEqual(shown?.total, { minor: "15963", currency: "EUR" });
  assert.equal(shown?.country, "FI");
  assert.deepEqual(shown?.outputs, { book: { id: "booking-1" } });
  assert.deepEqual(
    shown?.happenings.map(({ step, outcome, externalId }) => ({ step, outcome, externalId })),
    [
      { step: "book", outcome: "refused", externalId: null },
      { step: "book", outcome: "succeeded", externalId: "booking-1" },
    ],
  );
  assert.deepEqual(
    shown?.steps.map(({ name, state, needs }) => ({ name, state, needs })),
    [
      { name: "book", state: "done", needs: [] },
      { name: "label", state: "ready", needs: ["book"] },
    ],
  );
  assert.equal(shown?.events.length, 1);
  assert.ok(shown && shown.receivedAt <= new Date().toISOString());
  assert.equal(await showOrder(db, "NOBODY1234"), undefined);
});

test("people see how many orders are open, wait, need them and are done", async () => {
  const { ledger, db } = opened;
  const [, waiting = "", attention = "", done = ""] = references;
  await ledger.finish(await claimed(ledger, waiting, "book"), endings.retry({ isParked: true }));
  await ledger.finish(await claimed(ledger, attention, "book"), endings.attention());
  await ledger.finish(await claimed(ledger, done, "book"), endings.done(`b-${done}`));
  await ledger.finish(await claimed(ledger, done, "label"), endings.done(`l-${done}`));
  const { counts } = await listOrders(db, { limit: 1 });
  assert.deepEqual(counts, { open: 2, waiting: 1, attention: 1, done: 1, cancelled: 0 });
  assert.deepEqual((await pages({ state: "attention", limit: 1 })).flat(), [attention]);
  assert.deepEqual((await pages({ state: "done", limit: 1 })).flat(), [done]);
  const [glance] = (await listOrders(db, { state: "attention", limit: 1 })).orders;
  assert.equal(glance?.steps[0]?.message, "The office refused the data.");
});

test("every event of a payment is listed with the order that it joined", async () => {
  const { ledger, db } = opened;
  const first = await ledger.recordEvent(anEvent("evt_first"));
  const order = anOrderPaidBy("cs_joined", "pi_joined");
  const run = { trigger: "paid", steps: [aStep("book")] };
  await ledger.openOrder(first.subject, order, run);
  const second = await ledger.recordEvent(anEvent("evt_second"));
  await ledger.openOrder(second.subject, anOrderPaidBy("pi_joined", "pi_joined"), run);
  await ledger.recordEvent(anEvent("evt_second"));
  const events = (await showOrder(db, order.reference))?.events;
  assert.deepEqual(
    events?.map(({ id, deliveries }) => ({ id, deliveries })),
    [
      { id: "evt_first", deliveries: 1 },
      { id: "evt_second", deliveries: 2 },
    ],
  );
});
