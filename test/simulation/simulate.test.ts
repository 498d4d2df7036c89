// Whatever goes wrong: of every acknowledged order each step took effect exactly once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenVariants } from "./broken-variants.ts";
import { smallestFailingRun, tellFailingRun } from "./failing-run.ts";
import { allFaultKinds, type FaultKind } from "./faults.ts";
import { isHarmful, runSeeds } from "./run-seeds.ts";
import { simulate } from "./simulate.ts";

const everyFault = new Set(allFaultKinds);
const noFault: ReadonlySet<FaultKind> = new Set();

test("on bad days nothing is lost, nothing is made twice and nothing gets stuck", async () => {
  const total = await runSeeds(1, 60, {});
  const [seed] = total.harmful;
  if (seed !== undefined) assert.fail(tellFailingRun(await smallestFailingRun({ seed })));
  assert.ok(total.faults > 10_000, `only ${total.faults} faults`);
  const happened = new Set(total.byKind.keys());
  const missing = allFaultKinds.filter((kind) => kind !== "stale-look" && !happened.has(kind));
  assert.deepEqual(missing, [], "every kind of fault happened");
});

test("the same seed is the same day, happening for happening", async () => {
  for (const seed of [3, 7, 12]) {
    const [one, other] = [await simulate({ seed }), await simulate({ seed })];
    assert.deepEqual(one, other);
    assert.notEqual(one.digest, (await simulate({ seed: seed + 1 })).digest);
  }
});

test("on a good day every order takes one effect a step, and nobody is needed", async () => {
  const run = await simulate({ seed: 5, without: everyFault });
  assert.equal(run.faults.size, 0);
  assert.deepEqual([run.effects, run.settledByHand], [60 * 6, 0]);
  assert.equal(isHarmful(run), false);
});

for (const wrapping of brokenVariants) {
  const { what, harm, without = noFault, storm = noFault } = wrapping;
  test(`it is noticed when ${what}`, async () => {
    const total = await runSeeds(1, 800, { wrapping, without, storm }, (sum) => sum[harm] > 0);
    assert.ok(total[harm] > 0, `${total.seeds} days, ${total.faults} faults, and no harm`);
  });
}

test("a day that did harm is made as small as it can be, and told with the way to see it again", async () => {
  const checkpoints = brokenVariants.find(({ what }) => what.includes("counts as not done"));
  assert.ok(checkpoints);
  const total = await runSeeds(1, 20, { wrapping: checkpoints }, (sum) => sum.duplicates > 0);
  const failing = await smallestFailingRun({ seed: total.harmful[0] ?? 0, wrapping: checkpoints });
  const told = tellFailingRun(failing);
  const key = failing.result.duplicates[0] ?? "";
  assert.equal(told.match(new RegExp(`makes .* for ${key}`, "g"))?.length, 2, told);
  assert.match(told, /main\.ts --seed \d+ --seeds 1 --orders \d+ --without /);
});
