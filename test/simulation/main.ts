// node test/simulation/main.ts --seeds N [--seed S] [--orders N] [--without kinds] [--story REFERENCE] [--json]
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { smallestFailingRun, tellFailingRun } from "./failing-run.ts";
import { isFaultKind } from "./faults.ts";
import { runOnThreads } from "./run-on-threads.ts";
import type { Total } from "./run-seeds.ts";
import { ordersOfDay, simulate } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    orders: { type: "string", default: String(ordersOfDay) },
    without: { type: "string", default: "" },
    threads: { type: "string", default: String(availableParallelism()) },
    story: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const seeds = asCount(values.seeds);
const first = asCount(values.seed);
const orders = asCount(values.orders);
const without = new Set(values.without.split(",").filter(isFaultKind));
// What providers do wrong is thrown a million times; nobody reads where.
Error.stackTraceLimit = 0;
const begun = performance.now();
const seconds = () => (performance.now() - begun) / 1000;

if (values.story) {
  const run = await simulate({
    seed: first,
    orders,
    without,
    storyOf: values.story,
  });
  console.log(run.story.join("\n"));
}
let toldAt = 0;
const work = { first, count: seeds, orders, without };
const total = await runOnThreads(asCount(values.threads), work, (sum) => {
  if (seconds() - toldAt < 5) return undefined;
  toldAt = seconds();
  console.log(progress(sum));
  return undefined;
});
for (const seed of total.harmful.slice(0, 3)) {
  console.log(`\n${tellFailingRun(await smallestFailingRun({ seed, orders, without }))}`);
}
report(total);
process.exit(total.harmful.length === 0 && total.seeds > 0 ? 0 : 1);

function asCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  console.error(`"${text}" is not a whole number above zero.`);
  process.exit(2);
}

function progress(sum: Total): string {
  const { seeds: runs, faults, lost, duplicates, stuck, heedless, crowded } = sum;
  const harm = `${lost} lost, ${duplicates} made twice, ${stuck} stuck, ${heedless} begun after a refund`;
  const who = `${runs} seeds, ${faults} faults`;
  return `${seconds().toFixed(0).padStart(4)} s  ${who}: ${harm}, ${crowded} too many at once`;
}

/** The last line is what machines read: what was done and what harm it did comes first. */
function report(sum: Total): void {
  const { byKind, harmful, virtualMs, ...others } = sum;
  if (!values.json) {
    for (const [kind, n] of [...byKind].sort(([, a], [, b]) => b - a))
      console.log(`${String(n).padStart(10)}  ${kind}`);
    console.log(progress(sum));
    return;
  }
  const { seeds: runs, orders: all, faults, lost, duplicates, ...rest } = others;
  const took = {
    hours: Math.round(virtualMs / 3600_000),
    seconds: Math.round(seconds() * 10) / 10,
  };
  const first = { seeds: runs, orders: all, faults, lost, duplicates };
  console.log(JSON.stringify({ ...first, ...rest, ...took, harmful: harmful.slice(0, 20) }));
}
