import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { DueIndex, Wake } from "./ledger.ts";
import { openTestLedger, type TestLedger } from "./test-ledger.ts";

let opened: TestLedger;
let due: DueIndex;
before(async () => {
  opened = await openTestLedger();
  due = opened.ledger.due;
});
beforeEach(async () => {
  await opened.db.query("delete from due");
});
after(() => opened.close());

const hour = 3600_000;
const subjects = (wakes: readonly Wake[]) => wakes.map(({ subject }) => subject).sort();

async function pass(ms: number): Promise<void> {
  await opened.db.query("update due set due_at = due_at - $1 * interval '1 ms'", [ms]);
}

async function takeOne(): Promise<Wake> {
  const [wake] = await due.take(1, hour);
  assert.ok(wake);
  return wake;
}

test("what is taken is hidden, and reappears when its taker vanished", async () => {
  await due.wake("order/A");
  assert.deepEqual(subjects(await due.take(10, hour)), ["order/A"]);
  assert.deepEqual(await due.take(10, hour), []);
  await pass(hour);
  assert.deepEqual(subjects(await due.take(10, hour)), ["order/A"]);
});

test("what was settled for good is gone", async () => {
  await due.wake("order/A");
  await due.settle(await takeOne(), undefined);
  await pass(2 * hour);
  assert.deepEqual(await due.take(10, hour), []);
  assert.equal(await due.nextInMs(), undefined);
});

test("what was settled for later is due then", async () => {
  await due.wake("order/A");
  await due.settle(await takeOne(), 1500.5);
  assert.deepEqual(await due.take(10, hour), []);
  await pass(1501);
  assert.deepEqual(subjects(await due.take(10, hour)), ["order/A"]);
});

test("who settles after a long pause does not end a later wake-up of the same thing", async () => {
  await due.wake("order/A");
  const paused = await takeOne();
  await pass(hour);
  await due.settle(await takeOne(), undefined);
  await due.wake("order/A");
  await due.settle(paused, undefined);
  assert.deepEqual(subjects(await due.take(10, hour)), ["order/A"]);
});

test("a wake-up that comes during the work is not lost, however the work is settled", async () => {
  for (const lookAgainInMs of [undefined, hour]) {
    await due.wake("order/A");
    const wake = await takeOne();
    await due.wake("order/A");
    await due.settle(wake, lookAgainInMs);
    const again = await takeOne();
    assert.equal(again.subject, "order/A");
    assert.ok(again.wakes > wake.wakes);
    await due.settle(again, undefined);
  }
});

test("a later wake-up does not put off a sooner one, and a sooner one is heeded", async () => {
  await due.wake("order/A", hour);
  await due.wake("order/A", 2 * hour);
  const later = await due.nextInMs();
  assert.ok(later !== undefined && later > hour - 60_000 && later <= hour);
  await due.wake("order/A");
  assert.ok(((await due.nextInMs()) ?? 1) <= 0);
  assert.deepEqual(subjects(await due.take(10, hour)), ["order/A"]);
});

test("the soonest are taken first, and no more than there is room for", async () => {
  for (const [subject, ago] of [
    ["order/second", 2000],
    ["order/third", 1000],
    ["order/first", 3000],
  ] as const) {
    await due.wake(subject);
    await opened.db.query(
      "update due set due_at = now() - $2 * interval '1 ms' where subject = $1",
      [subject, ago],
    );
  }
  assert.deepEqual(subjects(await due.take(2, hour)), ["order/first", "order/second"]);
  assert.deepEqual(subjects(await due.take(2, hour)), ["order/third"]);
});

test("takers at the same instant get different things, and together all of them", async () => {
  const all = Array.from({ length: 60 }, (_, i) => `order/${String(i).padStart(2, "0")}`);
  await Promise.all(all.map((subject) => due.wake(subject)));
  const taken = await Promise.all(Array.from({ length: 8 }, () => due.take(10, hour)));
  // With SKIP LOCKED a taker may get fewer than there are; what is left comes next.
  const rest = await due.take(60, hour);
  assert.deepEqual([...taken.flatMap(subjects), ...subjects(rest)].sort(), all);
});

test("two wake-ups of one thing at the same instant are one thing to do", async () => {
  await Promise.all(Array.from({ length: 20 }, () => due.wake("order/A")));
  assert.deepEqual(subjects(await due.take(10, hour)), ["order/A"]);
});

test("news of what is due is heard, but not of what is due later", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let heard = 0;
  const stop = await due.onNews(() => {
    heard += 1;
    resolve();
  });
  await due.wake("order/later", hour);
  await due.wake("order/now");
  await promise;
  assert.equal(heard, 1);
  await stop();
});
