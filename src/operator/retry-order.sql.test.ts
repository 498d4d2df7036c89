// A person says: try again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { attention, done, type OpenApp, openApp, outage } from "../api/app-for-tests.ts";
import { retryOrder } from "./retry-order.ts";

let shop: OpenApp;

before(async () => {
  shop = await openApp();
});
after(() => shop.close());

async function statesOf(reference: string) {
  const order = await shop.ledger.loadOrder(reference);
  return order?.steps.map(({ name, state, dueInMs }) => [name, state, dueInMs <= 0]);
}

test("what waits for a person is due at once, and the order is open again", async () => {
  const reference = await shop.open("AAAAAAAAAAPERSON");
  await shop.work(reference, "check", attention);
  assert.deepEqual(await retryOrder(shop.ledger, reference), ["check"]);
  const order = await shop.ledger.loadOrder(reference);
  assert.equal(order?.state, "open");
  assert.deepEqual((await statesOf(reference))?.[0], ["check", "ready", true]);
  const due = await shop.db.query("select 1 from due where subject = $1 and due_at <= now()", [
    `order/${reference}`,
  ]);
  assert.equal(due.rowCount, 1, "the worker hears of it");
});

test("what waits out an outage does not wait any longer", async () => {
  const reference = await shop.open("AAAAAAAAAAOUTAGE");
  await shop.work(reference, "check", outage);
  assert.deepEqual((await statesOf(reference))?.[0], ["check", "parked", false]);
  assert.deepEqual(await retryOrder(shop.ledger, reference, "check"), ["check"]);
  assert.equal((await statesOf(reference))?.[0]?.[2], true);
});

test("what may have happened is looked at first, although a person says again", async () => {
  const reference = await shop.open("AAAAAAAAAAADOUBT");
  await shop.work(reference, "check", { ...attention, isInDoubt: true });
  assert.deepEqual(await retryOrder(shop.ledger, reference), ["check"]);
  assert.equal((await statesOf(reference))?.[0]?.[1], "unknown");
});

test("what is done, what waits for another step and what was never tried is left alone", async () => {
  const reference = await shop.open("AAAAAAAAAAAALONE");
  assert.deepEqual(await retryOrder(shop.ledger, reference), []);
  await shop.work(reference, "check", done);
  await shop.work(reference, "booking", done);
  assert.deepEqual(await retryOrder(shop.ledger, reference), []);
  assert.deepEqual(await retryOrder(shop.ledger, reference, "check"), []);
});

test("an order that does not exist cannot be tried again", async () => {
  assert.equal(await retryOrder(shop.ledger, "ZZZZZZZZZZZZZZ"), undefined);
});

test("an outage is tried at once when a person says again", async () => {
  const reference = await shop.open("AAAAAAAAAAPROBED");
  await shop.work(reference, "check", outage);
  const why = { cause: "provider.outage", message: "It is out.", isRefusal: false };
  const bad = { kind: "bad", why, probeInMs: 3600_000 } as const;
  const { gates } = shop.ledger;
  for (let i = 0; i < 5; i++) await gates.hear("office:out", {}, bad);
  const untilProbe = async () => {
    const { breaker, nowMs } = await gates.tend("office:out", {});
    return breaker.probeAt - nowMs;
  };
  assert.ok((await untilProbe()) > 3_000_000);
  await retryOrder(shop.ledger, reference);
  assert.ok((await untilProbe()) <= 0);
});
