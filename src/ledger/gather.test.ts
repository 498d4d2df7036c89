import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { DatabaseUnavailable } from "./database/errors.ts";
import { gather, lanes } from "./gather.ts";

/** Flushes that end when told to, and what each of them carried. */
function held() {
  const carried: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const flush = (requests: readonly number[]) => {
    carried.push(requests);
    const { promise, resolve } = Promise.withResolvers<number[]>();
    ends.push(() => resolve(requests.map((n) => n * 10)));
    return promise;
  };
  return { carried, ends, flush };
}

test("what is asked for while one statement is under way goes together in the next", async () => {
  const { carried, ends, flush } = held();
  const ask = gather(flush, { lanes: lanes(1) });
  const first = ask(1);
  await turn();
  const rest = [ask(2), ask(3), ask(4)];
  await turn();
  assert.deepEqual(carried, [[1]]);
  ends[0]?.();
  assert.equal(await first, 10);
  await turn();
  assert.deepEqual(carried, [[1], [2, 3, 4]]);
  ends[1]?.();
  assert.deepEqual(await Promise.all(rest), [20, 30, 40]);
});

test("what one turn of the event loop asks for goes together at once, and no more than fit", async () => {
  const { carried, ends, flush } = held();
  const ask = gather(flush, { lanes: lanes(2), most: 2 });
  const all = [1, 2, 3, 4, 5].map(ask);
  await turn();
  assert.deepEqual(carried, [
    [1, 2],
    [3, 4],
  ]);
  ends[1]?.();
  await turn();
  assert.deepEqual(carried.at(-1), [5]);
  for (const end of ends) end();
  assert.deepEqual(await Promise.all(all), [10, 20, 30, 40, 50]);
});

test("kinds that share a lane take turns, and gather the more while they wait", async () => {
  const shared = { lanes: lanes(1) };
  const [first, second] = [held(), held()];
  const [load, claim] = [gather(first.flush, shared), gather(second.flush, shared)];
  const all = [load(1), claim(2)];
  await turn();
  all.push(load(3), claim(4));
  await turn();
  assert.deepEqual([first.carried, second.carried], [[[1]], []]);
  first.ends[0]?.();
  await turn();
  assert.deepEqual([first.carried, second.carried], [[[1]], [[2, 4]]]);
  second.ends[0]?.();
  await turn();
  assert.deepEqual([first.carried, second.carried], [[[1], [3]], [[2, 4]]]);
  first.ends[1]?.();
  assert.deepEqual(await Promise.all(all), [10, 20, 30, 40]);
});

test("one that breaks the statement fails alone; the others are carried out", async () => {
  const tried: (readonly number[])[] = [];
  const ask = gather(
    async (requests: readonly number[]) => {
      tried.push(requests);
      if (requests.includes(2)) throw new Error("2 is refused");
      return requests;
    },
    { lanes: lanes(1) },
  );
  const ends = await Promise.allSettled([1, 2, 3].map(ask));
  assert.deepEqual(
    ends.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual(tried, [[1, 2, 3], [1], [2], [3]]);
});

test("a database that is away is not asked again for each of them", async () => {
  let asked = 0;
  const ask = gather(
    async (): Promise<never> => {
      asked += 1;
      throw new DatabaseUnavailable("It is away.");
    },
    { lanes: lanes(1) },
  );
  const ends = await Promise.allSettled([1, 2, 3].map(ask));
  assert.ok(ends.every(({ status }) => status === "rejected"));
  assert.equal(asked, 1);
});
