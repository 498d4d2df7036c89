import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  aStep,
  claimBy,
  letTimePass,
  openOrderWith,
  openTestLedger,
  stepOf,
  type TestLedger,
} from "./test-ledger.ts";
import { widenSettleWindows } from "./widen-settle-windows.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

test("a window that was made longer holds for orders that are under way, too", async () => {
  const { db, ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book", { settleMs: 60_000 })]);
  const { account } = aStep("book");
  assert.ok(await claimBy(ledger, reference, "book", { leaseMs: 45_000 }));
  assert.equal(await widenSettleWindows(db, [{ account, settleMs: 200_000 }]), 1);
  await letTimePass(db, 45_000 + 60_000);
  assert.equal(await claimBy(ledger, reference, "book"), undefined, "it may still take effect");
  assert.ok((await stepOf(ledger, reference, "book")).dueInMs > 100_000);
  await letTimePass(db, 140_000);
  assert.ok(await claimBy(ledger, reference, "book"));
});

test("a window that was made shorter, or another account's, changes nothing", async () => {
  const { db, ledger } = opened;
  await openOrderWith(ledger, [aStep("book", { settleMs: 300_000 })]);
  const { account } = aStep("book");
  const windows = [
    { account, settleMs: 10 },
    { account: "another", settleMs: 900_000 },
  ];
  assert.equal(await widenSettleWindows(db, windows), 0);
});
