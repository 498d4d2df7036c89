// The database fails while Stripe delivers: 503 and no 200 without a commit, then everything is caught up (34).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../src/ledger/database/database.ts";
import { openPostgres } from "../../src/ledger/database/postgres.ts";
import { testServer } from "../../src/ledger/database/test-database.ts";
import { places } from "../journey/places.ts";
import {
  aPayment,
  bodyOf,
  type HostileShop,
  isSettled,
  openHostileShop,
  referenceOf,
} from "./hostile-shop.ts";

const completed = "checkout.session.completed";

/** The database says what it says when its disk is full: at the insert, or not before the commit. */
const fullDisk = `create function full_disk() returns trigger language plpgsql as $$
  begin raise exception 'could not extend file' using errcode = '53100'; end $$`;
const triggers = [
  [
    "has a full disk at the insert",
    "create trigger full_disk before insert on event for each row execute function full_disk()",
  ],
  [
    "has a full disk at the commit",
    `create constraint trigger full_disk after insert on event deferrable initially deferred
     for each row execute function full_disk()`,
  ],
] as const;

for (const [index, place] of places.entries()) {
  describe(`an outage of the database, ${place.name}`, () => {
    let shop: HostileShop;
    before(async () => {
      shop = await openHostileShop(place, 9_000 + index * 300);
      await shop.ordna.db.query(fullDisk);
    });
    after(() => shop.close());

    /** Refused while `isOut`, and an order once Stripe comes again. */
    async function isCaughtUp(id: string, mend: () => Promise<unknown>): Promise<void> {
      const payment = shop.record(aPayment(id));
      const body = bodyOf(payment, completed);
      const answers = await Promise.all([1, 2, 3].map(() => shop.deliver(body)));
      for (const answer of answers) {
        assert.equal(answer.status, 503);
        assert.equal(answer.headers.get("retry-after"), "10");
        assert.doesNotMatch(await answer.text(), /extend|53100|connect|database/);
      }
      await mend();
      assert.equal(await shop.event(JSON.parse(body).id), undefined, "nothing half is on disk");
      await deliverUntilTaken(body);
      assert.equal((await shop.orderWhen(referenceOf(payment), isSettled)).state, "done");
      assert.equal(shop.held(referenceOf(payment), "postnord", "shipment").length, 1);
    }

    /** As Stripe does: a delivery that meets one of the connections that were cut is refused once more. */
    async function deliverUntilTaken(body: string): Promise<void> {
      for (let tries = 0; tries < 20; tries++) {
        const { status } = await shop.deliver(body);
        if (status === 200) return;
        assert.equal(status, 503);
        await sleep(100);
      }
      assert.fail("It was never taken.");
    }

    for (const [nth, [what, trigger]] of triggers.entries()) {
      test(`34: while the database ${what}, Stripe hears 503; afterwards the order is made`, async () => {
        await shop.ordna.db.query(trigger);
        await isCaughtUp(`full_${nth}`, () =>
          shop.ordna.db.query("drop trigger full_disk on event"),
        );
      });
    }

    const skip = testServer === undefined && "the embedded database cannot go away by itself";
    test("34: while the database is down, Stripe hears 503; afterwards the order is made", {
      skip,
    }, async () => {
      const name = new URL(shop.env.DATABASE_URL ?? "").pathname.slice(1);
      const admin = await openPostgres(testServer ?? "", { max: 1 });
      try {
        await admin.query(`alter database ${name} with allow_connections false`);
        await endSessions(admin, name);
        await isCaughtUp("down", () =>
          admin.query(`alter database ${name} with allow_connections true`),
        );
      } finally {
        await admin.query(`alter database ${name} with allow_connections true`);
        await admin.close();
      }
    });
  });
}

/** Told to end, a session may still answer; so until none is left. */
async function endSessions(admin: Database, name: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { rowCount } = await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1",
      [name],
    );
    if (rowCount === 0) return;
    await sleep(50);
  }
  assert.fail("The sessions did not end.");
}
