// With Redis: the memory of what is on disk, the board, and the choice of the queue.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { Redis } from "ioredis";
import type { DueWork } from "./queue.ts";
import { redisSeen } from "./redis-seen.ts";
import { type StartedQueue, startQueue } from "./start-queue.ts";

const server = process.env.ORDNA_TEST_REDIS;
const skip = server === undefined && "Set ORDNA_TEST_REDIS to the URL of a Redis.";
const redisUrl = `${server}/12`;

const nothingDue: DueWork = {
  take: async () => [],
  settle: async () => {},
  keep: async () => {},
  nextInMs: async () => undefined,
  onNews: async () => async () => {},
};
let redis: Redis;
let queue: StartedQueue;

before(async () => {
  if (skip) return;
  redis = new Redis(redisUrl);
  await redis.flushdb();
  const handle = async () => undefined;
  const onError = (error: unknown) => assert.fail(String(error));
  queue = await startQueue({
    due: nothingDue,
    redisUrl,
    isWorker: false,
    concurrency: 1,
    hiddenMs: 12_000,
    installation: "test",
    handle,
    onError,
    onDead: onError,
  });
  await redis.ping();
});
after(async () => {
  if (skip) return;
  await queue.close();
  redis.disconnect();
});

test("an event is known when it was added, to every process, and for four days", {
  skip,
}, async (t) => {
  const subject = "event/stripe/evt_1";
  const other = redisSeen(redisUrl, () => {}, "test");
  t.after(other.close);
  // The first moments, before it is connected, it knows nothing; that is allowed.
  const isKnown = () => other.has(subject).catch(() => undefined);
  while ((await isKnown()) === undefined) await sleep(10);
  assert.equal(await isKnown(), false);
  await queue.seen.add(subject);
  assert.equal(await queue.seen.has(subject), true);
  assert.equal(await isKnown(), true);
  assert.equal(await queue.seen.has("event/stripe/evt_2"), false);
  const seconds = await redis.ttl(`ordna:test:seen:${subject}`);
  assert.ok(seconds > 4 * 24 * 3600 - 60 && seconds <= 4 * 24 * 3600);
});

test("what another ledger has on its disk says nothing about ours", { skip }, async (t) => {
  const neighbour = redisSeen(redisUrl, () => {}, "two");
  t.after(neighbour.close);
  await queue.seen.add("event/stripe/evt_ours");
  const isKnown = () => neighbour.has("event/stripe/evt_ours").catch(() => undefined);
  while ((await isKnown()) === undefined) await sleep(10);
  assert.equal(await isKnown(), false);
});

test("what Redis forgot is merely not known", { skip }, async () => {
  await queue.seen.add("event/stripe/evt_forgotten");
  await redis.flushdb();
  assert.equal(await queue.seen.has("event/stripe/evt_forgotten"), false);
});

test("a Redis that is away is no memory, and says so in no time", async () => {
  const errors: unknown[] = [];
  const seen = redisSeen("redis://127.0.0.1:9", (error) => errors.push(error));
  const took = async (ask: Promise<unknown>) => {
    const begun = performance.now();
    await assert.rejects(ask);
    return performance.now() - begun;
  };
  const tries: number[] = [];
  for (let i = 0; i < 5; i++) {
    tries.push(
      await took(seen.has("event/stripe/evt_1")),
      await took(seen.add("event/stripe/evt_1")),
    );
  }
  assert.ok(Math.min(...tries) < 300, `${tries}`);
  await seen.close();
});

test("the board shows the queue and its own scripts, below the page's address", {
  skip,
}, async () => {
  assert.equal(queue.kind, "redis");
  assert.ok(queue.board);
  const page = new Hono().route("/queues", queue.board);
  const board = await page.request("http://127.0.0.1/queues");
  assert.equal(board.status, 200);
  const html = await board.text();
  const script = /src="([^"]+\.js)"/.exec(html)?.[1] ?? "";
  const { pathname } = new URL(script, "http://127.0.0.1/queues/");
  assert.equal((await page.request(`http://127.0.0.1${pathname}`)).status, 200, pathname);
  const listed = await page.request("http://127.0.0.1/queues/api/queues");
  assert.deepEqual(
    (await listed.json()).queues.map(({ name }: { name: string }) => name),
    ["ordna"],
  );
});
