// Whatever goes wrong: of every acknowledged order each step took effect exactly once.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { brokenVariants } from "./broken-variants.ts";
import { smallestFailingRun, tellFailingRun } from "./failing-run.ts";
import { allFaultKinds, type FaultKind } from "./faults.ts";
import { lateWriter } from "./late-writer.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { runOnThreads } from "./run-on-threads.ts";
import { addTotal, emptyTotal, isHarmful, runSeeds, type Total } from "./run-seeds.ts";
import { ordersOfDay, simulate } from "./simulate.ts";

const everyFault = new Set(allFaultKinds);
const noFault: ReadonlySet<FaultKind> = new Set();
// What providers do wrong is thrown a million times; nobody reads where.
Error.stackTraceLimit = 0;
const wantedFaults = 2_000_000;
const newDays = 60;
/** About nine hundred are enough. */
const mostUsualDays = 1_400;

test("on bad days nothing is lost, nothing is made twice and nothing gets stuck", async (t) => {
  // The same days each time, and some that nobody has seen before.
  const anywhere = randomInt(1_000_000, 2 ** 40);
  const total = emptyTotal();
  const run = async (first: number, count: number, isEnough: (faults: number) => boolean) => {
    const work = { first, count, orders: ordersOfDay, without: noFault };
    const onPart = (sum: Total) => isEnough(sum.faults);
    addTotal(total, await runOnThreads(availableParallelism(), work, onPart));
  };
  await run(anywhere, newDays, () => false);
  const ofNewDays = total.faults;
  await run(1, mostUsualDays, (faults) => ofNewDays + faults >= wantedFaults);
  const { lost, duplicates, stuck, heedless, crowded, faults } = total;
  const harm = JSON.stringify({ lost, duplicates, stuck, heedless, crowded });
  t.diagnostic(`${total.seeds} days, new from seed ${anywhere}, ${faults} faults: ${harm}`);
  const [seed] = total.harmful;
  if (seed !== undefined) assert.fail(tellFailingRun(await smallestFailingRun({ seed })));
  assert.ok(faults >= wantedFaults, `only ${faults} faults`);
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

test("an outcome that is written late, under its own fence, does no harm", async () => {
  const wrapping = { ledger: (ledger: MemoryLedger) => lateWriter(ledger, true) };
  const total = await runSeeds(1, 30, { wrapping });
  assert.deepEqual(total.harmful, []);
});

test("a day that did harm is made as small as it can be, and told with the way to see it again", async () => {
  const checkpoints = brokenVariants.find(({ what }) => what.includes("counts as not done"));
  assert.ok(checkpoints);
  const total = await runSeeds(1, 20, { wrapping: checkpoints }, (sum) => sum.duplicates > 0);
  const failing = await smallestFailingRun({ seed: total.harmful[0] ?? 0, wrapping: checkpoints });
  const told = tellFailingRun(failing);
  const key = failing.result.duplicates[0] ?? "";
  // Twice at least: without its checkpoint it may be made a third time before anybody looks.
  assert.ok((told.match(new RegExp(`makes .* for ${key}$`, "gm"))?.length ?? 0) >= 2, told);
  assert.match(told, /main\.ts --seed \d+ --seeds 1 --orders \d+ --without /);
});
