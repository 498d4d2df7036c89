import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Queryable } from "./database.ts";
import { type Run, transactions } from "./transaction.ts";

/** A session that remembers what it was told. */
function session(fails: (text: string) => boolean = () => false) {
  const told: string[] = [];
  const run: Run = async (text) => {
    told.push(text);
    if (fails(text)) throw new Error(`${text} failed`);
    return { rows: [], rowCount: 0, command: text.toUpperCase() };
  };
  return { told, run };
}

const notBroken = () => assert.fail("the session was called broken");

test("a transaction that stands still is rolled back and lets the session go", async () => {
  const { told, run } = session();
  let leaked: Queryable | undefined;
  const hung = transactions(20).begin(
    run,
    async (tx) => {
      leaked = tx;
      await tx.query("one");
      await new Promise(() => {});
    },
    notBroken,
  );
  await assert.rejects(hung, /did nothing for 0.02 s and was rolled back/);
  assert.deepEqual(told, ["begin", "one", "rollback"]);
  await assert.rejects(leaked?.query("late") ?? Promise.resolve(), /over/);
  assert.equal(told.length, 3);
});

test("a transaction that works slowly but steadily is left alone", async () => {
  const { told, run } = session();
  // Longer than the limit as a whole, and each pause much shorter, also on a busy machine.
  const slow = transactions(1_000).begin(
    run,
    async (tx) => {
      const endsAt = performance.now() + 1_200;
      while (performance.now() < endsAt) {
        await sleep(20);
        await tx.query("again");
      }
      return "done";
    },
    notBroken,
  );
  assert.equal(await slow, "done");
  assert.equal(told.at(-1), "commit");
});

test("a statement that nobody awaited is still inside the transaction", async () => {
  const { told, run } = session();
  await transactions().begin(
    run,
    async (tx) => {
      void tx.query("forgotten");
    },
    notBroken,
  );
  assert.deepEqual(told, ["begin", "forgotten", "commit"]);
});

test("a session that cannot even roll back is called broken, and the first error comes out", async () => {
  const { run } = session((text) => text !== "begin");
  let isBroken = false;
  const failed = transactions().begin(
    run,
    (tx) => tx.query("one"),
    () => {
      isBroken = true;
    },
  );
  await assert.rejects(failed, /one failed/);
  assert.equal(isBroken, true);
});
