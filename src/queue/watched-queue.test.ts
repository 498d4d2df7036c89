import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Queue, WatchableQueue } from "./queue.ts";
import { watchedQueue } from "./watched-queue.ts";

interface Made {
  beats: number;
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

/** Looks every 5 ms; patient for 60 ms, and gives up after 200. */
function watched(): Queue {
  const make = (): WatchableQueue => {
    const one: Made = { beats: 0, isClosed: false };
    made.push(one);
    return {
      kick: () => {},
      pulse: {
        get beats() {
          return one.beats;
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
    ...{ lookEveryMs: 5, patienceMs: 60, giveUpMs: 200 },
  });
  running.add(queue);
  return queue;
}

test("while nothing is due, or work goes on, a queue is left alone", async () => {
  watched();
  await sleep(100);
  overdueMs = 100_000;
  for (let i = 0; i < 20; i++) {
    const [first] = made;
    if (first) first.beats += 1;
    await sleep(6);
  }
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
    if (second) second.beats += 1;
    overdueMs = undefined;
    handedOverMs = 0;
    await sleep(100);
    assert.deepEqual([made.length, dead], [2, []], "the new one works");
  });
}

test("when that does not help either, the process is to end", async () => {
  watched();
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
  await sleep(120);
  assert.deepEqual(dead, []);
  assert.ok(said.every((one) => one.includes("connection lost")) && said.length > 0);
});
