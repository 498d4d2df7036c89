// A backup is put back: what was done since is in the world, and the ledger does not remember.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Repeat } from "../connector-kit/action.ts";
import { restore } from "../ledger/restore.ts";
import { sqlLedger } from "../ledger/sql-ledger.ts";
import { aStep, openOrderWith, stepOf } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction, officeSettleMs } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
after(() => sample.close());

type How = Repeat<unknown, unknown>["how"];

/** The office did the work for an order that, in this ledger, was never tried; then the ledger was restored. */
async function forgotten(how: How, wasDone: boolean) {
  const { ledger, office, db } = sample;
  const book = step("book", {
    action: officeAction(how),
    input: ({ reference }) => ({ reference }),
  });
  const reference = await openOrderWith(ledger, [
    aStep("book", { settleMs: officeSettleMs, provider: "office" }),
  ]);
  if (wasDone) {
    const body = JSON.stringify({ reference, key: `${reference}-book` });
    const request = { method: "POST", body };
    await office.fetch(new Request("https://office.example.com/record", request));
  }
  await restore(db, new Date(Date.now() - 1000));
  return { reference, world: sample.world([book], { ledger: sqlLedger(db) }) };
}

test("what was done since the backup is found, not done again; what was not is done once", async () => {
  for (const wasDone of [true, false]) {
    const { reference, world } = await forgotten("look-first", wasDone);
    const again = await advanceOrder(world, reference);
    assert.ok(again && again > officeSettleMs - 10_000, "nobody looks before the settle window");
    assert.equal(sample.records(reference).length, wasDone ? 1 : 0);
    await sample.letTimePass(officeSettleMs);
    await advanceOrder(world, reference);
    assert.equal(sample.records(reference).length, 1);
    assert.equal((await sample.ledger.loadOrder(reference))?.state, "done");
  }
});

test("what cannot be asked for goes to a person, and is never sent blindly", async () => {
  const { reference, world } = await forgotten("ask-operator", true);
  await sample.letTimePass(officeSettleMs);
  await advanceOrder(world, reference);
  assert.equal(sample.records(reference).length, 1);
  const { state, inDoubt, cause } = await stepOf(sample.ledger, reference, "book");
  assert.deepEqual([state, inDoubt, cause], ["attention", true, "result.unknown"]);
});

test("what may be repeated is repeated, and stays one", async () => {
  const { reference, world } = await forgotten("safe", true);
  await sample.letTimePass(officeSettleMs);
  await advanceOrder(world, reference);
  assert.equal(sample.records(reference).length, 1);
  assert.equal((await stepOf(sample.ledger, reference, "book")).state, "done");
});
