// A backup is put back after the work went on. What the providers' simulators hold is the only judge.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DemoOrder, demoOrders } from "../../src/sandbox/demo-orders.ts";
import type { Environment } from "../../src/settings.ts";
import { takeBackup } from "./backup.ts";
import { type Place, places } from "./places.ts";
import { command, hasDone, isDone, openShop, type Shop, verdict } from "./remembering-shop.ts";

for (const [index, place] of places.entries()) {
  const port = 18_000 + index * 600;
  test(`after a restored backup nothing is lost and nothing is done twice, ${place.name}`, async () => {
    await withRestoredBackup(place, port, async ({ home, shop, late, all }) => {
      const shown = await command(["restore", "--json"], home);
      assert.equal(shown.restored, false);
      assert.equal(shown.orders, 6);
      const { restored, ...plan } = await command(["restore", "--yes", "--json"], home);
      assert.equal(restored, true);
      assert.deepEqual([plan.steps, plan.untried], [shown.steps, shown.untried]);
      await shop.open();
      await shop.until(all, isDone);
      const { lost, duplicates, findings } = verdict(all, shop.sandbox);
      assert.deepEqual(findings, []);
      assert.deepEqual([lost, duplicates], [0, 0]);
      const messages = shop.sandbox.records().filter(({ kind }) => kind === "alert");
      const told = (words: string) =>
        messages.filter(({ fields }) => JSON.stringify(fields).includes(words)).length;
      assert.equal(told("This installation was restored"), 1);
      assert.equal(told(`Orders that the backup did not know: ${late.length}`), 1);
    });
  });

  test(`a restored backup that nobody was told of does work twice, ${place.name}`, async () => {
    await withRestoredBackup(place, port + 300, async ({ shop, early, all }) => {
      await shop.open();
      await shop.until(early, isDone);
      assert.ok(verdict(all, shop.sandbox).duplicates >= 6, "the judge sees duplicates");
    });
  });
}

interface Restored {
  readonly home: Environment;
  readonly shop: Shop;
  /** Orders that the backup knows, in the middle of their way; their parcels and e-mails exist by now. */
  readonly early: readonly DemoOrder[];
  /** Orders that it does not know: all of them were done. */
  readonly late: readonly DemoOrder[];
  readonly all: readonly DemoOrder[];
}

/** Three orders wait for their invoices and three for their parcels when the backup is taken; then all goes on. */
async function withRestoredBackup(
  place: Place,
  port: number,
  judged: (restored: Restored) => Promise<void>,
): Promise<void> {
  const home = await place.settle(port);
  const shop = await openShop(home.env);
  const early = demoOrders("restored", new Date()).slice(0, 6);
  const [booked, unbooked] = [early.slice(0, 3), early.slice(3)];
  try {
    await shop.open();
    const accounting = shop.takeDown("netvisor");
    shop.pay(booked);
    await shop.until(booked, hasDone("deal", "production-row", "label"));
    const parcels = shop.takeDown("postnord");
    shop.pay(unbooked);
    await shop.until(unbooked, hasDone("deal", "production-row"));
    await shop.close();
    const backup = await takeBackup(home.env);
    try {
      accounting();
      parcels();
      await shop.open();
      // Paid now: what was paid before the first start is never entered by itself.
      const late = demoOrders("restored", new Date()).slice(6, 9);
      const all = [...early, ...late];
      shop.pay(late);
      await shop.until(all, isDone);
      const refused = await command(["restore", "--yes", "--json"], home.env);
      assert.match(String(refused.error), /^Another Ordna .*(Stop it|Stop every process)/);
      await shop.close();
      await backup.putBack();
      await judged({ home: home.env, shop, early, late, all });
    } finally {
      await shop.close();
      await backup.remove();
    }
  } finally {
    await shop.close();
    await shop.sandbox.close();
    await home.remove();
  }
}
