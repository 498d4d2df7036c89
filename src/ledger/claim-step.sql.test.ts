import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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

async function attemptsOf(reference: string, name: string) {
  const { rows } = await opened.db.query<{
    fence: number;
    owner: string;
    is_repeat: boolean;
    outcome: string | null;
  }>(
    "select fence, owner, is_repeat, outcome from attempt where run = $1 and name = $2 order by fence",
    [`${reference}-paid`, name],
  );
  return rows;
}

test("of thirty workers that claim a step at once, one has it", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const claims = await Promise.all(
    Array.from({ length: 30 }, (_, i) => claimBy(ledger, reference, "book", { owner: `w-${i}` })),
  );
  const won = claims.filter((claim) => claim !== undefined);
  assert.equal(won.length, 1);
  assert.equal((await attemptsOf(reference, "book")).length, 1);
});

test("an attempt is written down before the world is touched, under a fence that grows", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const first = await claimed(ledger, reference, "book");
  assert.deepEqual(await attemptsOf(reference, "book"), [
    { fence: 1, owner: "worker-1", is_repeat: false, outcome: null },
  ]);
  assert.equal((await stepOf(ledger, reference, "book")).state, "running");
  await ledger.finish(first, endings.retry());
  const second = await claimed(ledger, reference, "book");
  assert.deepEqual([first.fence, second.fence], [1, 2]);
  assert.deepEqual([first.tries, second.tries], [0, 1]);
  assert.equal(second.isRepeat, false, "nothing happened in the first attempt");
});

test("a step that is not due, that waits, or that is done is not to be had", async () => {
  const { ledger } = opened;
  const steps = [aStep("book"), aStep("label", { needs: ["book"] })];
  const reference = await openOrderWith(ledger, steps);
  assert.equal(await claimBy(ledger, reference, "label"), undefined, "blocked");
  assert.equal(await claimBy(ledger, reference, "nobody"), undefined, "no such step");
  const claim = await claimed(ledger, reference, "book");
  await ledger.finish(claim, endings.retry({ delayMs: 60_000 }));
  assert.equal(await claimBy(ledger, reference, "book"), undefined, "not due yet");
  await letTimePass(opened.db, 60_000);
  const again = await claimed(ledger, reference, "book");
  await ledger.finish(again, endings.attention());
  assert.equal(await claimBy(ledger, reference, "book"), undefined, "a person's");
  await ledger.retry(reference, "book");
  await ledger.finish(await claimed(ledger, reference, "book"), endings.done(`b-${reference}`));
  assert.equal(await claimBy(ledger, reference, "book"), undefined, "done");
});

test("a step that was sent is not claimed with other data", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  await ledger.finish(await claimed(ledger, reference, "book"), endings.unknown());
  const other = { inputDigest: "another address" };
  assert.equal(await claimBy(ledger, reference, "book", other), undefined);
  assert.equal((await stepOf(ledger, reference, "book")).state, "unknown");
  assert.ok(await claimBy(ledger, reference, "book"));
});

test("what a vanished worker left is taken over only after its lease and the settle window", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [aStep("book", { settleMs: 60_000 })]);
  const vanished = await claimBy(ledger, reference, "book", { leaseMs: 45_000 });
  assert.ok(vanished);
  await letTimePass(db, 45_000);
  assert.equal(await claimBy(ledger, reference, "book", { owner: "worker-2" }), undefined);
  const { dueInMs } = await stepOf(ledger, reference, "book");
  assert.ok(dueInMs > 50_000 && dueInMs <= 60_000, `due in ${dueInMs}`);
  await letTimePass(db, 60_000);
  const heir = await claimBy(ledger, reference, "book", { owner: "worker-2" });
  assert.equal(heir?.fence, 2);
  assert.equal(heir?.isRepeat, true, "the vanished worker may have done it");
  assert.deepEqual(await attemptsOf(reference, "book"), [
    { fence: 1, owner: "worker-1", is_repeat: false, outcome: "abandoned" },
    { fence: 2, owner: "worker-2", is_repeat: true, outcome: null },
  ]);
});

test("a worker that lost its claim cannot write its outcome any more", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const stale = await claimed(ledger, reference, "book");
  await letTimePass(db, 60_000);
  const heir = await claimed(ledger, reference, "book");
  const late = [
    endings.done(`late-${reference}`),
    endings.retry(),
    endings.unknown(),
    endings.attention(),
  ];
  for (const ending of late) assert.equal(await ledger.finish(stale, ending), undefined);
  const step = await stepOf(ledger, reference, "book");
  assert.deepEqual([step.state, step.fence, step.inDoubt], ["running", heir.fence, true]);
  assert.ok(await ledger.finish(heir, endings.done(`heir-${reference}`)));
  assert.equal(await ledger.finish(heir, endings.retry()), undefined, "an outcome is written once");
  const { rows } = await db.query("select external_id, fence from effect where run = $1", [
    `${reference}-paid`,
  ]);
  assert.deepEqual(rows, [{ external_id: `heir-${reference}`, fence: heir.fence }]);
});

test("of thirty heirs of one vanished worker, one has the step", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  await claimed(ledger, reference, "book");
  await letTimePass(db, 60_000);
  const heirs = await Promise.all(
    Array.from({ length: 30 }, (_, i) => claimBy(ledger, reference, "book", { owner: `h-${i}` })),
  );
  assert.equal(heirs.filter((heir) => heir !== undefined).length, 1);
  assert.equal((await attemptsOf(reference, "book")).length, 2);
});

test("a late outcome and the heir's claim at the same instant do not wait for each other for ever", async () => {
  const { ledger, db } = opened;
  for (let round = 0; round < 25; round++) {
    const reference = await openOrderWith(ledger, [aStep("book")]);
    const late = await claimed(ledger, reference, "book");
    await letTimePass(db, 60_000);
    const [wasWritten, heir] = await Promise.all([
      ledger.finish(late, endings.done(`late-${reference}`)),
      claimBy(ledger, reference, "book", { owner: "worker-2" }),
    ]);
    assert.equal(wasWritten !== undefined, heir === undefined, "one of them has the step");
  }
});

test("who holds the ledger alone frees what processes before it had, but not the settle window", async () => {
  const { ledger } = opened;
  const settling = await openOrderWith(ledger, [aStep("book", { settleMs: 60_000 })]);
  const quick = await openOrderWith(ledger, [aStep("book")]);
  await claimed(ledger, settling, "book");
  await claimed(ledger, quick, "book");
  await ledger.due.take(1000, 300_000);
  assert.deepEqual(await ledger.due.take(1000, 300_000), []);
  await ledger.takeOver();
  const subjects = (await ledger.due.take(1000, 300_000)).map(({ subject }) => subject);
  assert.ok(subjects.includes(`order/${settling}`) && subjects.includes(`order/${quick}`));
  assert.equal((await claimBy(ledger, quick, "book"))?.isRepeat, true);
  assert.equal(await claimBy(ledger, settling, "book"), undefined);
});
