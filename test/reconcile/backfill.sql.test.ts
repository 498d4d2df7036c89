// A person asks what never came in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sqlReconcilerLedger } from "../../src/ledger/reconciler-ledger.ts";
import { openTestLedger, type TestLedger } from "../../src/ledger/test-ledger.ts";
import { backfill } from "../../src/worker/backfill.ts";
import { dayMs, reconciledShop } from "./unheard-shop.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const minuteMs = 60_000;

test("a person is shown what is missing without a trace, and may have it entered", async () => {
  const shop = reconciledShop(opened.db, "person");
  const paid = [shop.pay("1"), shop.pay("2", "thin"), shop.pay("3", "payment-intent")];
  await shop.deliver("evt_person_1Completed");
  await shop.work();
  const until = new Date(shop.clock.now().getTime() + minuteMs);
  const from = new Date(until.getTime() - dayMs);
  const ask = (by: "events" | "objects", isEntering: boolean) =>
    backfill(shop.world(), sqlReconcilerLedger(opened.db), { from, until, by, isEntering });
  const before = await shop.events();
  const states = (await ask("objects", false)).map(({ payment, state }) => [
    payment.objects[0],
    state,
  ]);
  assert.deepEqual(
    new Map(states.map(([id, state]) => [id, state])),
    new Map([
      ["cs_test_person_1", "known"],
      ["cs_test_person_2", "missing"],
      ["pi_person_3", "missing"],
      ["pi_person_1", "known"],
    ]),
  );
  await ask("events", false);
  assert.deepEqual(await shop.events(), before);
  await ask("events", true);
  await ask("objects", true);
  await shop.work();
  assert.deepEqual(await shop.orders(), paid.map(({ id }) => id).sort());
  assert.deepEqual(await shop.alerts(), [], "the person sees it");
  const once = await shop.events();
  assert.ok((await ask("objects", true)).every(({ state }) => state === "known"));
  assert.deepEqual(await shop.events(), once);
});
