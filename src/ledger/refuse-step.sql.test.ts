import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Trouble } from "./ledger.ts";
import { RecordTaken } from "./record-taken.ts";
import {
  anAlert,
  aStep,
  claimed,
  endings,
  letTimePass,
  openOrderWith,
  openTestLedger,
  stepOf,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const trouble: Trouble = { cause: "input.changed", message: "The order changed.\u0000" };

async function refuse(reference: string, name: string) {
  const step = { reference, run: `${reference}-paid`, name, store: "pikkuna" };
  await opened.ledger.refuse(step, trouble, anAlert);
  return stepOf(opened.ledger, reference, name);
}

test("a step that cannot begin goes to a person, who is told once", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const step = await refuse(reference, "book");
  assert.deepEqual([step.state, step.cause, step.inDoubt], ["attention", "input.changed", false]);
  assert.equal((await ledger.loadOrder(reference))?.state, "attention");
  await refuse(reference, "book");
  const alerts = await db.query("select 1 from alert where reference = $1", [reference]);
  assert.equal(alerts.rowCount, 1);
});

test("a step that somebody attempts right now is not taken from them", async () => {
  const reference = await openOrderWith(opened.ledger, [aStep("book", { settleMs: 60_000 })]);
  const claim = await claimed(opened.ledger, reference, "book");
  assert.equal((await refuse(reference, "book")).state, "running");
  await letTimePass(opened.db, 60_000);
  assert.equal((await refuse(reference, "book")).state, "running", "its effect may still show");
  assert.ok(await opened.ledger.finish(claim, endings.done(`b-${reference}`)));
});

test("what a vanished worker left and nobody can repeat goes to a person, in doubt", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const vanished = await claimed(ledger, reference, "book");
  await letTimePass(db, 60_000);
  const step = await refuse(reference, "book");
  assert.deepEqual([step.state, step.inDoubt], ["attention", true]);
  assert.equal(await ledger.finish(vanished, endings.done(`b-${reference}`)), undefined);
  await ledger.retry(reference, "book");
  assert.equal((await claimed(ledger, reference, "book")).isRepeat, true);
});

test("the record of another order is never taken for this one's, unless it is shared", async () => {
  const { ledger } = opened;
  const [one, two, three] = await Promise.all(
    [1, 2, 3].map(() => openOrderWith(ledger, [aStep("book")])),
  );
  assert.ok(one && two && three);
  await ledger.finish(await claimed(ledger, one, "book"), endings.done("the-same"));
  const claim = await claimed(ledger, two, "book");
  await assert.rejects(ledger.finish(claim, endings.done("the-same")), RecordTaken);
  assert.equal((await stepOf(ledger, two, "book")).state, "running", "nothing was written");
  assert.ok(await ledger.finish(claim, endings.attention({ isInDoubt: true })));
  const shared = endings.done("the-same", true);
  assert.ok(await ledger.finish(await claimed(ledger, three, "book"), shared));
});
