import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Ending } from "./ledger.ts";
import {
  aStep,
  claimBy,
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

async function finish(reference: string, name: string, ending: Ending): Promise<void> {
  const { ledger } = opened;
  assert.ok(await ledger.finish(await claimed(ledger, reference, name), ending));
}

const order = async (reference: string) => opened.ledger.loadOrder(reference);
const state = async (reference: string, name: string) =>
  (await stepOf(opened.ledger, reference, name)).state;

async function alertsOf(reference: string): Promise<string[]> {
  const { rows } = await opened.db.query<{ title: string }>(
    "select title from alert where reference = $1",
    [reference],
  );
  return rows.map(({ title }) => title);
}

test("a done step keeps its output and its effect, and what needs it becomes ready", async () => {
  const steps = [aStep("book"), aStep("label", { needs: ["book"] })];
  const reference = await openOrderWith(opened.ledger, steps);
  await finish(reference, "book", endings.done("booking-1"));
  const book = await stepOf(opened.ledger, reference, "book");
  assert.deepEqual([book.state, book.output], ["done", { id: "booking-1" }]);
  const { rows } = await opened.db.query(
    "select account, action, external_id, via, is_shared from effect where run = $1",
    [`${reference}-paid`],
  );
  const effect = { account: "office:1", action: "office.book", external_id: "booking-1" };
  assert.deepEqual(rows, [{ ...effect, via: "response", is_shared: false }]);
  assert.equal(await state(reference, "label"), "ready");
  assert.equal((await order(reference))?.state, "open");
  await finish(reference, "label", endings.done("label-1"));
  assert.equal((await order(reference))?.state, "done");
  assert.ok((await order(reference))?.doneAt);
});

test("siblings that finish at the same instant free the step that needs them all", async () => {
  const { ledger } = opened;
  const names = ["a", "b", "c", "d"];
  for (let round = 0; round < 5; round++) {
    const steps = [...names.map((name) => aStep(name)), aStep("last", { needs: names })];
    const reference = await openOrderWith(ledger, steps);
    const claims = await Promise.all(names.map((name) => claimed(ledger, reference, name)));
    const ends = claims.map((claim) =>
      ledger.finish(claim, endings.done(`${reference}${claim.name}`)),
    );
    for (const changed of await Promise.all(ends)) assert.ok(changed?.order);
    assert.equal(await state(reference, "last"), "ready");
  }
});

test("a blocked step that the ledger missed is freed by the second line", async () => {
  const { ledger, db } = opened;
  const steps = [aStep("book"), aStep("label", { needs: ["book"] })];
  const reference = await openOrderWith(ledger, steps);
  assert.equal(await ledger.unblock(reference), 0);
  await db.query(
    "update step set state = 'skipped', cause = 'unknown' where run = $1 and name = $2",
    [`${reference}-paid`, "book"],
  );
  assert.equal(await ledger.unblock(reference), 1);
  assert.equal(await state(reference, "label"), "ready");
});

test("an order waits for a person as long as one of its steps does, and its other branches go on", async () => {
  const reference = await openOrderWith(opened.ledger, [aStep("book"), aStep("deal")]);
  await finish(reference, "book", endings.attention());
  assert.equal((await order(reference))?.state, "attention");
  await finish(reference, "deal", endings.done(`deal-${reference}`));
  assert.equal((await order(reference))?.state, "attention");
  assert.equal(await opened.ledger.retry(reference, "book"), true);
  assert.equal((await order(reference))?.state, "open");
  await finish(reference, "book", endings.done(`booking-${reference}`));
  assert.equal((await order(reference))?.state, "done");
});

test("a person is told once for each time a step comes to them", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const claim = await claimed(ledger, reference, "book");
  assert.ok(await ledger.finish(claim, endings.attention()));
  assert.equal(await ledger.finish(claim, endings.attention()), undefined);
  assert.equal((await alertsOf(reference)).length, 1);
  await ledger.retry(reference, "book");
  await finish(reference, "book", endings.attention());
  assert.equal((await alertsOf(reference)).length, 2);
});

test("what surely did not happen is tried again, and a step without doubt may be parked", async () => {
  const reference = await openOrderWith(opened.ledger, [aStep("book")]);
  await finish(reference, "book", endings.retry());
  const ready = await stepOf(opened.ledger, reference, "book");
  assert.deepEqual([ready.state, ready.tries, ready.inDoubt], ["ready", 1, false]);
  assert.equal(ready.cause, "provider.unreachable");
  await finish(reference, "book", endings.retry({ isParked: true, delayMs: 45_000 }));
  const parked = await stepOf(opened.ledger, reference, "book");
  assert.deepEqual([parked.state, parked.tries], ["parked", 2]);
  assert.ok(parked.dueInMs > 40_000 && parked.dueInMs <= 45_000);
  await letTimePass(opened.db, 45_000);
  await finish(reference, "book", endings.done(`booking-${reference}`));
  const done = await stepOf(opened.ledger, reference, "book");
  assert.deepEqual([done.tries, done.cause, done.message], [0, undefined, undefined]);
});

test("a step in doubt is never ready or parked, whatever a later attempt says but that it was absent", async () => {
  const reference = await openOrderWith(opened.ledger, [aStep("book")]);
  await finish(reference, "book", endings.unknown(30_000));
  const unknown = await stepOf(opened.ledger, reference, "book");
  assert.deepEqual([unknown.state, unknown.inDoubt], ["unknown", true]);
  assert.ok(unknown.dueInMs > 25_000, "not before the settle window");
  await letTimePass(opened.db, 30_000);
  for (const isParked of [false, true]) {
    await finish(reference, "book", endings.retry({ isParked }));
    const step = await stepOf(opened.ledger, reference, "book");
    assert.deepEqual([step.state, step.inDoubt], ["unknown", true]);
  }
  const claim = await claimed(opened.ledger, reference, "book");
  assert.equal(claim.isRepeat, true);
  await opened.ledger.finish(claim, endings.retry({ wasAbsent: true }));
  const cleared = await stepOf(opened.ledger, reference, "book");
  assert.deepEqual([cleared.state, cleared.inDoubt], ["ready", false]);
  assert.equal((await claimed(opened.ledger, reference, "book")).isRepeat, false);
});

test("a person who retries a step in doubt gets a look first", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  await finish(reference, "book", endings.attention({ isInDoubt: true }));
  assert.equal(await ledger.retry(reference, "book"), true);
  const step = await stepOf(ledger, reference, "book");
  assert.deepEqual([step.state, step.inDoubt, step.inputDigest], ["unknown", true, "same"]);
  assert.equal(await claimBy(ledger, reference, "book", { inputDigest: "other" }), undefined);
  assert.equal((await claimed(ledger, reference, "book")).isRepeat, true);
});

test("after a refusal a person may correct the data and try again", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  await finish(reference, "book", endings.attention());
  assert.equal(await ledger.retry(reference, "book"), true);
  assert.equal(await state(reference, "book"), "ready");
  assert.ok(await claimBy(ledger, reference, "book", { inputDigest: "corrected" }));
});

test("a look that found nothing clears the doubt even when the provider then refuses", async () => {
  const reference = await openOrderWith(opened.ledger, [aStep("book")]);
  await finish(reference, "book", endings.unknown());
  await finish(reference, "book", endings.attention({ wasAbsent: true }));
  const step = await stepOf(opened.ledger, reference, "book");
  assert.deepEqual([step.state, step.inDoubt], ["attention", false]);
});

test("only a step that waits can be retried", async () => {
  const { ledger } = opened;
  const steps = [aStep("book"), aStep("label", { needs: ["book"] }), aStep("deal")];
  const reference = await openOrderWith(ledger, steps);
  assert.equal(await ledger.retry(reference, "label"), false, "blocked");
  assert.equal(await ledger.retry(reference, "nobody"), false);
  await claimed(ledger, reference, "book");
  assert.equal(await ledger.retry(reference, "book"), false, "running");
  await finish(reference, "deal", endings.done(`deal-${reference}`));
  assert.equal(await ledger.retry(reference, "deal"), false, "done");
});

test("a provider's odd words do not keep an outcome from being written", async () => {
  const reference = await openOrderWith(opened.ledger, [aStep("book")]);
  const trouble = { cause: "request.refused", message: "Bad \u0000 \ud800 street" } as const;
  await finish(reference, "book", { ...endings.unknown(), trouble });
  const alert = { severity: "needs-you", title: "\u0000", lines: [trouble.message] } as const;
  await finish(reference, "book", { ...endings.attention(), trouble, alert });
  assert.equal(
    (await stepOf(opened.ledger, reference, "book")).message,
    "Bad \ufffd \ufffd street",
  );
  await opened.ledger.retry(reference, "book");
  const odd = { ...endings.done("id\u0000"), output: { id: "id\u0000" } };
  await finish(reference, "book", odd);
  assert.equal(await state(reference, "book"), "done");
});
