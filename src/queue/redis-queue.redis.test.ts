// With Redis: BullMQ carries the wake-ups, and a real due index finds what Redis forgets.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Queue as BullQueue } from "bullmq";
import { Redis } from "ioredis";
import { openTestDatabase, type TestDatabase } from "../ledger/database/test-database.ts";
import { dueIndex } from "../ledger/due-index.ts";
import { migrationsFolder } from "../ledger/open-database.ts";
import type { DueWork, Handle, Queue, QueueOptions } from "./queue.ts";
import { prefixFor, queueName, redisQueue } from "./redis-queue.ts";

const server = process.env.ORDNA_TEST_REDIS;
const skip = server === undefined && "Set ORDNA_TEST_REDIS to the URL of a Redis.";
// A database of its own: other test files use the same Redis and the same queue name.
const url = `${server}/11`;

let ledger: TestDatabase;
let redis: Redis;
const running = new Set<Queue>();

before(async () => {
  if (skip) return;
  ledger = await openTestDatabase(migrationsFolder());
  redis = new Redis(url, { maxRetriesPerRequest: null });
  await redis.flushdb();
});
afterEach(async () => {
  await Promise.all([...running].map((queue) => queue.close()));
  running.clear();
  if (!skip) await Promise.all([ledger.db.query("delete from due"), redis.flushdb()]);
});
after(async () => {
  if (skip) return;
  redis.disconnect();
  await ledger.close();
});

const due = (): DueWork => dueIndex(ledger.db);
const wake = (subject: string) => dueIndex(ledger.db).wake(subject);
const options: QueueOptions = {
  concurrency: 5,
  hiddenMs: 60_000,
  sweepMs: 60_000,
  onError: () => {},
};

function start(handle: Handle, more: Partial<QueueOptions> = {}, at = url) {
  const queue = redisQueue(at, due(), handle, { ...options, ...more });
  running.add(queue);
  return queue;
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  // Long enough for a busy machine, and shorter than a sweep.
  const endsAt = performance.now() + 30_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < endsAt, "it did not happen");
    await sleep(10);
  }
}

async function outstanding(): Promise<number> {
  return (await ledger.db.query("select 1 from due")).rowCount;
}

test("what falls due reaches a worker through Redis at once, and leaves nothing behind", {
  skip,
}, async () => {
  const worked: string[] = [];
  start(async (subject) => void worked.push(subject));
  await sleep(100);
  await wake("order/NEWS");
  await until(() => worked.length === 1);
  await until(async () => (await outstanding()) === 0);
  await until(async () => (await redis.keys("{ordna:*-*-*-*-*")).length === 0);
});

test("a subject that asks for another look gets it", { skip }, async () => {
  let looks = 0;
  await wake("order/AGAIN");
  start(async () => (++looks === 1 ? 100 : undefined));
  await until(async () => looks === 2 && (await outstanding()) === 0);
});

test("when Redis loses everything in the middle of the work, all of it is still done", {
  skip,
}, async () => {
  const subjects = Array.from({ length: 20 }, (_, i) => `order/FLUSHED${i}`);
  const worked = new Set<string>();
  for (const subject of subjects) await wake(subject);
  const handle: Handle = async (subject) => {
    await sleep(20);
    worked.add(subject);
    return undefined;
  };
  start(handle, { concurrency: 2, hiddenMs: 700, sweepMs: 200 });
  await until(() => worked.size >= 3);
  await redis.flushdb();
  assert.ok(worked.size < 20, "something was left to lose");
  await until(async () => worked.size === 20 && (await outstanding()) === 0);
});

test("when Redis drops every connection, the work goes on", { skip }, async () => {
  const worked = new Set<string>();
  start(async (subject) => void worked.add(subject), { hiddenMs: 700, sweepMs: 200 });
  await wake("order/BEFORE");
  await until(() => worked.size === 1);
  await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  for (let i = 0; i < 5; i++) await wake(`order/DROPPED${i}`);
  await until(async () => worked.size === 6 && (await outstanding()) === 0);
});

test("work that failed is tried again when its time of hiding is over", { skip }, async () => {
  const errors: unknown[] = [];
  let tries = 0;
  await wake("order/FAILS");
  const handle: Handle = async () => {
    tries += 1;
    if (tries < 3) throw new Error("the database went away");
    return undefined;
  };
  start(handle, { hiddenMs: 150, onError: (error) => errors.push(error) });
  await until(async () => tries === 3 && (await outstanding()) === 0);
  assert.equal(errors.length, 2);
});

test("two queues on one Redis share the work: each subject is worked on once", {
  skip,
}, async () => {
  const subjects = Array.from({ length: 30 }, (_, i) => `order/SHARED${i}`);
  const byWhom: string[] = [];
  const worked: string[] = [];
  const handle =
    (who: string): Handle =>
    async (subject) => {
      byWhom.push(who);
      worked.push(subject);
      // Nobody can do all of it while the other still connects.
      await until(() => new Set(byWhom).size === 2);
      return undefined;
    };
  start(handle("one"), { concurrency: 2 });
  start(handle("two"), { concurrency: 2 });
  await Promise.all(subjects.map((subject) => wake(subject)));
  await until(async () => (await outstanding()) === 0);
  assert.deepEqual(worked.sort(), subjects.sort());
  assert.equal(new Set(byWhom).size, 2, "both had a part");
});

test("two ledgers may share a Redis: neither works on what is the other's", { skip }, async () => {
  const worked: string[] = [];
  const strayed: string[] = [];
  const nothingDue: DueWork = { ...due(), take: async () => [], nextInMs: async () => undefined };
  const stranger: Handle = async (subject) => void strayed.push(subject);
  const other = redisQueue(url, nothingDue, stranger, { ...options, installation: "two" });
  running.add(other);
  start(async (subject) => void worked.push(subject), { installation: "one" });
  await sleep(100);
  for (let i = 0; i < 10; i++) await wake(`order/OURS${i}`);
  await until(async () => worked.length === 10 && (await outstanding()) === 0);
  assert.deepEqual(strayed, []);
});

/** Another process that takes what Redis hands out, says so, and never ends it. */
const worker = `
  const { redisQueue } = await import(${JSON.stringify(new URL("./redis-queue.ts", import.meta.url))});
  const nothingDue = { take: async () => [], settle: async () => {}, nextInMs: async () => undefined,
    onNews: async () => async () => {} };
  redisQueue(process.argv[1], nothingDue, (subject) => {
    process.stdout.write(subject);
    return new Promise(() => setInterval(() => {}, 1000));
  }, { concurrency: 1, hiddenMs: 60000, sweepMs: 60000, onError: () => {} });`;

test("what a killed worker had begun is done by another", { skip }, async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", worker, url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await wake("order/KILLED");
  // As the relay does it: taken from the due index, handed to BullMQ.
  const [taken] = await due().take(1, 1500);
  const bull = new BullQueue(queueName, { connection: redis, prefix: prefixFor() });
  await bull.add("wake", taken);
  const [begun] = await once(child.stdout, "data");
  assert.equal(String(begun), "order/KILLED");
  child.kill("SIGKILL");
  await once(child, "exit");
  await bull.close();
  const worked: string[] = [];
  start(async (subject) => void worked.push(subject), { sweepMs: 100 });
  await until(async () => (await outstanding()) === 0);
  assert.deepEqual(worked, ["order/KILLED"]);
});

test("closing waits for what was begun, and leaves no connection behind", { skip }, async () => {
  const connections = async () =>
    String(await redis.client("LIST"))
      .trim()
      .split("\n").length;
  const before = await connections();
  let isDone = false;
  let isBegun = false;
  await wake("order/BEGUN");
  const queue = start(async () => {
    isBegun = true;
    await sleep(300);
    isDone = true;
    return undefined;
  });
  await until(() => isBegun);
  await queue.close();
  assert.ok(isDone);
  assert.equal(await outstanding(), 0, "and what it did is on record");
  await until(async () => (await connections()) === before);
});

test("a Redis that cannot be reached keeps nobody from ending", { skip }, async () => {
  const errors: unknown[] = [];
  await wake("order/STAYS");
  const nobody = "redis://127.0.0.1:9";
  const queue = start(async () => undefined, { onError: (error) => errors.push(error) }, nobody);
  await until(() => errors.length > 0);
  const isClosed = queue.close().then(() => true);
  assert.ok(await Promise.race([isClosed, sleep(30_000, false, { ref: false })]));
  assert.equal(await outstanding(), 1, "what is due stays due");
});
