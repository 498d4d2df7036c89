// Payments that a restored backup does not know, although Stripe was told that they arrived.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { recall, remember } from "../../src/ledger/installation.ts";
import { rememberRestored } from "../../src/ledger/restored.ts";
import { openTestLedger, type TestLedger } from "../../src/ledger/test-ledger.ts";
import { dayMs, hourMs, reconciledShop } from "./unheard-shop.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const minuteMs = 60_000;

/** Ordna ran for ten days, looked a moment ago, and what it was told in the meantime is lost. */
async function restoredShop(name: string, sinceMs: number) {
  const { db } = opened;
  const shop = reconciledShop(db, name);
  await shop.reconciling.begin();
  const paid = [];
  for (const id of ["1", "2", "3"]) {
    await shop.clock.advance(3 * dayMs);
    paid.push(shop.pay(id, id === "2" ? "payment-intent" : "checkout"));
  }
  await shop.clock.advance(minuteMs);
  const now = shop.clock.now().getTime();
  // The backup was taken a moment ago, by its own account: only the restore says how far to look.
  const memory = { begunAt: now - 10 * dayMs, eventsUntil: now, objectsUntil: now };
  await remember(db, `reconcile:${name}`, JSON.stringify(memory));
  await rememberRestored(db, { at: new Date(now), since: new Date(now - sinceMs) });
  return { shop, paid };
}

test("the first look after a restore goes back as far as it was told, and says so once", async () => {
  const { shop, paid } = await restoredShop("gap", 7 * dayMs);
  await shop.look();
  await shop.work();
  assert.deepEqual(await shop.orders(), paid.map(({ id }) => id).sort());
  await shop.clock.advance(hourMs);
  await shop.look();
  const alerts = await shop.alerts();
  assert.deepEqual(
    alerts.map(({ title }) => title),
    ["Orders that the backup did not know: 3"],
  );
  for (const { id } of paid) {
    assert.ok(
      (await shop.steps(id)).every((step) => step.looks_first),
      id,
    );
  }
});

test("an outage of Stripe's does not end the look back", async () => {
  const { shop, paid } = await restoredShop("gapoutage", 7 * dayMs);
  shop.simulator.setMood("outage", true);
  await shop.look();
  shop.simulator.setMood("outage", false);
  await shop.clock.advance(2 * minuteMs);
  await shop.look();
  await shop.work();
  assert.deepEqual(await shop.orders(), paid.map(({ id }) => id).sort());
});

test("what was paid before Ordna began is not entered after a restore either", async () => {
  const { shop } = await restoredShop("gapbegun", 30 * dayMs);
  const kept = JSON.parse((await recall(opened.db, "reconcile:gapbegun")) ?? "");
  const begunAt = shop.clock.now().getTime() - dayMs;
  await remember(opened.db, "reconcile:gapbegun", JSON.stringify({ ...kept, begunAt }));
  await shop.look();
  await shop.work();
  assert.equal((await shop.orders()).length, 1);
});
