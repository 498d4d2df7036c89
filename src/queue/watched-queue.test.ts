import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Queue, WatchableQueue } from "./queue.ts";
import { watchedQueue } from "./watched-queue.ts";

interface Made {
  beats: number;
  /** Something began since the last look, whenever one looks. */
  isBusy: boolean;
  isClosed: boolean;
}

let made: Made[] = [];
let said: string[] = [];
let dead: string[] = [];
let overdueMs: number | undefined;
let handedOverMs = 0;
const running = new Set<Queue>();

beforeEach(() => {
  made = [];
  said = [];
  dead = [];
  overdueMs = undefined;
  handedOverMs = 0;
});
afterEach(async () => {
  for (const queue of running) await queue.close();
  running.clear();
});

/** Looks every 5 ms; patient for 60 ms. */
function watched(giveUpMs = 600_000): Queue {
  const make = (): WatchableQueue => {
    const one: Made = { beats: 0, isBusy: false, isClosed: false };
    made.push(one);
    return {
      kick: () => {},
      pulse: {
        get beats() {
          return one.isBusy ? ++one.beats : one.beats;
        },
        handedOverMs: async () => handedOverMs,
      },
      // One that hangs never ends its close.
      close: () => {
        one.isClosed = true;
        return made.length > 1 && one === made[0] ? new Promise(() => {}) : Promise.resolve();
      },
    };
  };
  const nextInMs = async () => (overdueMs === undefined ? undefined : -overdueMs);
  const queue = watchedQueue({ nextInMs }, make, {
    onError: (error) => said.push(String(error)),
    onDead: (error) => dead.push(error.message),
    ...{ lookEveryMs: 5, patienceMs: 60, giveUpMs },
  });
  running.add(queue);
  return queue;
}

test("while nothing is due, or work goes on, a queue is left alone", async () => {
  watched();
  await sleep(100);
  const [first] = made;
  if (first) first.isBusy = true;
  overdueMs = 100_000;
  await sleep(150);
  assert.ok(first && first.beats > 0);
  assert.deepEqual([made.length, said, dead], [1, [], []]);
});

for (const where of ["in the ledger", "where it was handed over to"]) {
  test(`a queue that begins nothing although work is due ${where} is made anew, once`, async () => {
    watched();
    if (where === "in the ledger") overdueMs = 100_000;
    else handedOverMs = 100_000;
    while (made.length < 2) await sleep(5);
    assert.equal(made[0]?.isClosed, true);
    assert.match(said.join(), /nothing began .* The worker is made anew/);
    const [, second] = made;
    if (second) second.isBusy = true;
    overdueMs = undefined;
    handedOverMs = 0;
    await sleep(100);
    assert.deepEqual([made.length, dead], [2, []], "the new one works");
  });
}

test("when that does not help either, the process is to end", async () => {
  watched(1_500);
  overdueMs = 100_000;
  while (dead.length === 0) await sleep(5);
  assert.equal(made.length, 2);
  assert.match(dead[0] ?? "", /This process ends, to be started again/);
});

test("a database that is away is no reason to make anything anew", async () => {
  const queue = watchedQueue(
    { nextInMs: () => Promise.reject(new Error("connection lost")) },
    () => ({
      kick: () => {},
      pulse: { beats: 0, handedOverMs: async () => 0 },
      close: async () => {},
    }),
    {
      onError: (error) => said.push(String(error)),
      onDead: (error) => dead.push(error.message),
      ...{ lookEveryMs: 5, patienceMs: 20, giveUpMs: 40 },
    },
  );
  running.add(queue);
  while (said.length < 12) await sleep(5);
  assert.deepEqual(dead, []);
  assert.ok(said.every((one) => one.includes("connection lost")));
});
