// Several queues, as in several processes, over one ledger.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { dueIndex } from "../ledger/due-index.ts";
import type { Handle } from "./queue.ts";
import { openQueueUnderTest, type QueueUnderTest, until } from "./queue-for-tests.ts";
import { startQueue } from "./start-queue.ts";

let under: QueueUnderTest;
before(async () => {
  under = await openQueueUnderTest();
});
afterEach(() => under.rest());
after(() => under.close());

const wake = (subject: string, inMs?: number) => under.wake(subject, inMs);
const start: QueueUnderTest["start"] = (...given) => under.start(...given);

test("two queues over one ledger share the work: nothing is worked on twice", async () => {
  const subjects = Array.from({ length: 30 }, (_, i) => `order/SHARED${i}`);
  await Promise.all(subjects.map((subject) => wake(subject)));
  const worked: string[] = [];
  const handle: Handle = async (subject) => {
    worked.push(subject);
    await sleep(2);
    return undefined;
  };
  start(handle, { concurrency: 2 });
  start(handle, { concurrency: 2 });
  await until(() => worked.length >= 30);
  await sleep(50);
  assert.deepEqual(worked.sort(), subjects.sort());
});

test("a process that only receives never works, and wakes the others through the database", async () => {
  const options = {
    due: dueIndex(under.db),
    redisUrl: undefined,
    concurrency: 5,
    hiddenMs: 12_000,
    installation: "test",
    onError: () => {},
    onDead: () => {},
  };
  const refuse: Handle = () => Promise.reject(new Error("not here"));
  const web = await startQueue({ ...options, isWorker: false, handle: refuse });
  const worked: string[] = [];
  const handle: Handle = async (subject) => void worked.push(subject);
  const worker = await startQueue({ ...options, isWorker: true, handle });
  under.running.add(web).add(worker);
  await sleep(50);
  await wake("order/ACROSS");
  web.kick();
  await until(() => worked.length === 1);
  assert.equal(web.kind, "ledger");
  assert.equal(web.board, undefined);
  assert.equal(await web.seen.has("event/stripe/evt_1"), false);
});

test("what is worked on for long stays hidden, so that nobody else begins it as well", async () => {
  const begun: string[] = [];
  const done = Promise.withResolvers<undefined>();
  const handle: Handle = (subject) => {
    begun.push(subject);
    return done.promise;
  };
  start(handle, { hiddenMs: 3000 });
  start(handle, { hiddenMs: 3000, sweepMs: 10 });
  await wake("order/LONG");
  await until(() => begun.length === 1);
  const endsAt = performance.now() + 3500;
  await until(() => performance.now() > endsAt);
  assert.deepEqual(begun, ["order/LONG"]);
  done.resolve(undefined);
  await until(async () => (await under.db.query("select 1 from due")).rowCount === 0);
});
