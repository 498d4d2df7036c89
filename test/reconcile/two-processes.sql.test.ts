// Two processes over one database: on PostgreSQL each with connections of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newDatabaseOn, testServer } from "../../src/ledger/database/test-database.ts";
import { openLedgerDatabase } from "../../src/ledger/open-database.ts";
import { sqlReconcilerLedger } from "../../src/ledger/reconciler-ledger.ts";
import { openTestLedger } from "../../src/ledger/test-ledger.ts";
import { ledgerQueue } from "../../src/queue/ledger-queue.ts";
import { reconciler } from "../../src/worker/reconcile.ts";
import { hourMs, reconciledShop } from "./unheard-shop.ts";

/** The databases of two processes: the embedded one has room for one, which then counts for both. */
async function openBoth() {
  if (testServer === undefined) {
    const { db, close } = await openTestLedger();
    return { dbs: [db, db] as const, close };
  }
  const server = await newDatabaseOn(testServer);
  const place = { databaseUrl: server.url, dataFolder: "", cacheFolder: "" };
  const dbs = [await openLedgerDatabase(place), await openLedgerDatabase(place)] as const;
  return {
    dbs,
    close: async () => {
      await Promise.all(dbs.map((db) => db.close()));
      await server.drop();
    },
  };
}

test("of two processes one looks, at start and when it is due again", async (t) => {
  const { dbs, close } = await openBoth();
  const [db] = dbs;
  const shop = reconciledShop(db, "twice");
  await shop.reconciling.begin();
  shop.pay("1");
  await shop.clock.advance(hourMs);
  const errors: unknown[] = [];
  const start = () =>
    Promise.all(
      dbs.map(async (mine) => {
        const world = shop.world(mine);
        const reconciling = reconciler(world, sqlReconcilerLedger(mine));
        await reconciling.begin();
        const options = { concurrency: 4, hiddenMs: 60_000, sweepMs: 50 };
        return ledgerQueue(
          world.ledger.due,
          async (subject) => (reconciling.isFor(subject) ? reconciling.handle(subject) : undefined),
          { ...options, onError: (error) => errors.push(error) },
        );
      }),
    );
  // Ordna was away for a while: the row is overdue.
  await db.query("update due set due_at = now() - interval '1 hour'");
  const queues = await start();
  t.after(async () => {
    await Promise.all(queues.map((queue) => queue.close()));
    await close();
  });
  await asked(shop.asked, 1);
  assert.deepEqual(shop.asked, ["/v1/events"], "one of them");
  assert.equal((await shop.events()).length, 1);
  await reconciler(shop.world(), sqlReconcilerLedger(db)).begin();
  await asked(shop.asked, 1);
  assert.equal(shop.asked.length, 1, "who begins later does not look again");
  await db.query("update due set due_at = now() where subject = 'reconcile/twice'");
  await asked(shop.asked, 2);
  assert.deepEqual(shop.asked, ["/v1/events", "/v1/events"]);
  assert.deepEqual(errors, []);
});

/** Waits until Stripe was asked so often, and then long enough for the other process to ask as well. */
async function asked(paths: readonly string[], times: number): Promise<void> {
  for (let tries = 0; paths.length < times && tries < 1200; tries++) await sleep(50);
  await sleep(300);
}
