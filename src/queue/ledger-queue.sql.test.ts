// Without Redis: the queue over a real due index.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../ledger/database/database.ts";
import { dueIndex } from "../ledger/due-index.ts";
import type { DueWork, Handle } from "./queue.ts";
import { openQueueUnderTest, patient, type QueueUnderTest, until } from "./queue-for-tests.ts";

let under: QueueUnderTest;
let db: Database;
before(async () => {
  under = await openQueueUnderTest();
  db = under.db;
});
afterEach(() => under.rest());
after(() => under.close());

const wake = (subject: string, inMs?: number) => under.wake(subject, inMs);
const start: QueueUnderTest["start"] = (...given) => under.start(...given);

async function outstanding(): Promise<string[]> {
  const { rows } = await db.query<{ subject: string }>("select subject from due order by subject");
  return rows.map(({ subject }) => subject);
}

/** Which statements went to the due index. */
function counted(due: DueWork = dueIndex(db)) {
  const asked = { take: 0, nextInMs: 0 };
  const counting: DueWork = {
    ...due,
    take: (limit, hiddenMs) => {
      asked.take += 1;
      return due.take(limit, hiddenMs);
    },
    nextInMs: () => {
      asked.nextInMs += 1;
      return due.nextInMs();
    },
  };
  return { due: counting, asked };
}

test("what falls due is worked on at once, and is due no more when it is done", async () => {
  const worked: string[] = [];
  start(async (subject) => void worked.push(subject));
  await sleep(50);
  await wake("order/NEWS");
  // In less time than to the next sweep: the database told it.
  await until(() => worked.length === 1);
  await until(async () => (await outstanding()).length === 0);
  assert.deepEqual(worked, ["order/NEWS"]);
});

test("a kick is enough where no news comes from the database", async () => {
  const worked: string[] = [];
  const { due, asked } = counted();
  const deaf: DueWork = { ...due, onNews: async () => async () => {} };
  const queue = start(async (subject) => void worked.push(subject), {}, deaf);
  await until(() => asked.nextInMs > 0);
  await untilStill(asked);
  await wake("order/KICK");
  await sleep(50);
  assert.deepEqual(worked, []);
  queue.kick();
  await until(() => worked.length === 1);
});

test("a queue that cannot hear the database still finds everything by its sweep", async () => {
  const errors: unknown[] = [];
  const worked: string[] = [];
  const lost = new Error("no LISTEN today");
  const due: DueWork = { ...dueIndex(db), onNews: () => Promise.reject(lost) };
  const handle: Handle = async (subject) => void worked.push(subject);
  start(handle, { sweepMs: 100, onError: (error) => errors.push(error) }, due);
  await sleep(30);
  await wake("order/SWEEP");
  await until(() => worked.length === 1);
  assert.deepEqual(errors, [lost]);
});

test("what was due first is begun first", async () => {
  for (const [subject, ms] of [
    ["order/THIRD", -10],
    ["order/FIRST", -3000],
    ["order/SECOND", -500],
  ] as const) {
    await wake(subject, ms);
  }
  const worked: string[] = [];
  start(async (subject) => void worked.push(subject), { concurrency: 1 });
  await until(() => worked.length === 3);
  assert.deepEqual(worked, ["order/FIRST", "order/SECOND", "order/THIRD"]);
});

test("what is due later is begun when its time has come, not at the next sweep", async () => {
  await wake("order/LATER", 150);
  const begun = performance.now();
  let tookMs = 0;
  start(async () => {
    tookMs = performance.now() - begun;
    return undefined;
  });
  await until(() => tookMs > 0);
  assert.ok(tookMs >= 140 && tookMs < patient.sweepMs, `${tookMs} ms`);
});

test("a subject that asks for another look gets it when it said", async () => {
  const looks: number[] = [];
  await wake("order/AGAIN");
  start(async () => {
    looks.push(performance.now());
    return looks.length === 1 ? 120 : undefined;
  });
  await until(() => looks.length === 2);
  assert.ok((looks[1] ?? 0) - (looks[0] ?? 0) >= 110);
  await until(async () => (await outstanding()).length === 0);
});

test("no more than the agreed number are worked on at once, and the rest follows", async () => {
  for (let i = 0; i < 12; i++) await wake(`order/MANY${i}`);
  let inside = 0;
  let most = 0;
  let done = 0;
  start(
    async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(10);
      inside -= 1;
      done += 1;
      return undefined;
    },
    { concurrency: 3 },
  );
  await until(() => done === 12);
  assert.equal(most, 3);
});

test("a wake-up during the work is handled right after it, and never beside it", async () => {
  let inside = 0;
  const looks: number[] = [];
  let finish = () => {};
  await wake("order/BUSY");
  const queue = start(async () => {
    inside += 1;
    looks.push(inside);
    if (looks.length === 1) await new Promise<void>((resolve) => (finish = resolve));
    inside -= 1;
    return undefined;
  });
  await until(() => looks.length === 1);
  // Woken twice while it works; the queue hears of it and looks.
  await wake("order/BUSY");
  await wake("order/BUSY");
  queue.kick();
  await sleep(100);
  assert.equal(looks.length, 1, "not beside the first");
  finish();
  // Long before it would reappear by itself.
  await until(() => looks.length === 2);
  await until(async () => (await outstanding()).length === 0);
  assert.deepEqual(looks, [1, 1]);
});

test("work that takes longer than its time of hiding is not done twice", async () => {
  let begun = 0;
  await wake("order/SLOW");
  const handle: Handle = async () => {
    begun += 1;
    await sleep(300);
    return 24 * 3600_000;
  };
  start(handle, { hiddenMs: 50 });
  await until(() => begun === 1);
  await sleep(450);
  assert.equal(begun, 1);
  assert.deepEqual(await outstanding(), ["order/SLOW"], "it waits for tomorrow, as it said");
});

test("work that failed is tried again when its time of hiding is over", async () => {
  const errors: unknown[] = [];
  const tries: number[] = [];
  await wake("order/FAILS");
  start(
    async () => {
      tries.push(performance.now());
      if (tries.length < 3) throw new Error("the database went away");
      return undefined;
    },
    { hiddenMs: 100, onError: (error) => errors.push(error) },
  );
  await until(() => tries.length === 3);
  assert.ok((tries[1] ?? 0) - (tries[0] ?? 0) >= 90, "not in a busy loop");
  assert.equal(errors.length, 2);
  await until(async () => (await outstanding()).length === 0);
});

/** Not one question for 400 ms. */
async function untilStill(asked: Readonly<Record<"take" | "nextInMs", number>>): Promise<void> {
  let before = "";
  await until(async () => {
    before = JSON.stringify(asked);
    await sleep(400);
    return JSON.stringify(asked) === before;
  });
}

test("while nothing is due the database is left alone between two sweeps", async () => {
  const { due, asked } = counted();
  start(async () => undefined, {}, due);
  await until(() => asked.nextInMs > 0);
  await untilStill(asked);
  assert.ok(asked.take <= 2, `${asked.take} looks at the start`);
});

test("what is hidden or due much later does not make the queue look any sooner", async () => {
  await wake("order/TOMORROW", 24 * 3600_000);
  await wake("order/LONG");
  const { due, asked } = counted();
  let finish = () => {};
  start(() => new Promise((resolve) => (finish = () => resolve(undefined))), {}, due);
  await until(() => asked.nextInMs > 0);
  await untilStill(asked);
  finish();
});

test("a database that fails is asked again after a while, and the work is done then", async () => {
  const errors: unknown[] = [];
  let isDown = true;
  const index = dueIndex(db);
  const due: DueWork = {
    ...index,
    take: (limit, hiddenMs) =>
      isDown ? Promise.reject(new Error("down")) : index.take(limit, hiddenMs),
  };
  const worked: string[] = [];
  await wake("order/DOWN");
  const startedAt = performance.now();
  const onError = (error: unknown) => errors.push(error);
  start(async (subject) => void worked.push(subject), { sweepMs: 50, onError }, due);
  await until(() => errors.length >= 2);
  const seconds = (performance.now() - startedAt) / 1000;
  assert.ok(errors.length < 20 + seconds * 20, "not in a busy loop");
  isDown = false;
  await until(() => worked.length === 1);
});

test("closing waits for what was begun and begins nothing more", async () => {
  const ended: string[] = [];
  await wake("order/BEGUN");
  const queue = start(async (subject) => {
    await sleep(200);
    ended.push(subject);
    return undefined;
  });
  await until(
    async () => (await db.query("select 1 from due where due_at > now()")).rowCount === 1,
  );
  const closed = queue.close();
  await wake("order/TOO-LATE");
  await closed;
  assert.deepEqual(ended, ["order/BEGUN"]);
  assert.deepEqual(await outstanding(), ["order/TOO-LATE"]);
  await sleep(100);
  assert.deepEqual(ended, ["order/BEGUN"]);
});

test("what was being taken when the queue closed is worked on, not left hidden", async () => {
  const index = dueIndex(db);
  let taken = 0;
  const slow: DueWork = {
    ...index,
    take: async (limit, hiddenMs) => {
      const wakes = await index.take(limit, hiddenMs);
      taken += wakes.length;
      await sleep(100);
      return wakes;
    },
  };
  const worked: string[] = [];
  await wake("order/ON-ITS-WAY");
  const queue = start(async (subject) => void worked.push(subject), {}, slow);
  await until(() => taken === 1);
  assert.deepEqual(worked, [], "it is on its way");
  await queue.close();
  assert.deepEqual(worked, ["order/ON-ITS-WAY"]);
  assert.deepEqual(await outstanding(), []);
});
