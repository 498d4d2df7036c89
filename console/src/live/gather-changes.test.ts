import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherChanges } from "./gather-changes.ts";

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    assert.ok(tries < 4000, "it did not happen");
    await rest(5);
  }
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("the first change is shown at once, and a storm of changes as one", async () => {
  const batches: string[][] = [];
  const changed = gatherChanges(async (references) => batches.push([...references]), 30);
  changed(["A"]);
  for (let i = 0; i < 20; i++) changed(["B", "C"]);
  await rest(80);
  assert.deepEqual(batches, [["A"], ["B", "C"]]);
});

test("a slow answer is waited for, and what changed meanwhile is asked for again", async () => {
  let running = 0;
  let most = 0;
  const seen: string[] = [];
  const changed = gatherChanges(async (references) => {
    running += 1;
    most = Math.max(most, running);
    await rest(20);
    seen.push(...references);
    running -= 1;
  }, 1);
  changed(["A"]);
  await rest(5);
  changed(["A"]);
  await until(() => seen.length === 2);
  await rest(20);
  assert.deepEqual([seen, most], [["A", "A"], 1]);
});

test("a failed question does not end the watching", async () => {
  let calls = 0;
  const changed = gatherChanges(async () => {
    calls += 1;
    throw new Error("Ordna does not answer.");
  }, 1);
  changed(["A"]);
  await until(() => calls === 1);
  changed(["B"]);
  await until(() => calls === 2);
});
