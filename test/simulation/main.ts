// node test/simulation/main.ts --seeds N [--seed S] [--orders N] [--without kinds] [--story REFERENCE] [--json]
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { smallestFailingRun, tellFailingRun } from "./failing-run.ts";
import { type FaultKind, isFaultKind } from "./faults.ts";
import { emptyTotal, type Total } from "./run-seeds.ts";
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
const total = await runOnThreads(asCount(values.threads));
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

export interface ThreadWork {
  readonly first: number;
  readonly count: number;
  readonly orders: number;
  readonly without: ReadonlySet<FaultKind>;
}

/** Seeds are handed out in small lots; what each seed does depends on the seed alone. */
async function runOnThreads(threads: number): Promise<Total> {
  const sum = emptyTotal();
  const lot = 25;
  const end = first + seeds;
  let next = first;
  let toldAt = 0;
  const take = (): ThreadWork | undefined => {
    if (next >= end) return undefined;
    const work = { first: next, count: Math.min(lot, end - next), orders, without };
    next += work.count;
    return work;
  };
  const runThread = () =>
    new Promise<void>((resolve, reject) => {
      const thread = new Worker(new URL("./seed-thread.ts", import.meta.url));
      const give = () => {
        const work = take();
        if (work) thread.postMessage(work);
        else void thread.terminate().then(() => resolve());
      };
      thread.on("message", (part: Total) => {
        addTotal(sum, part);
        if (seconds() - toldAt > 5) {
          toldAt = seconds();
          console.log(`${progress(sum)}`);
        }
        give();
      });
      thread.on("error", reject);
      give();
    });
  await Promise.all(Array.from({ length: threads }, runThread));
  return sum;
}

function addTotal(sum: Total, part: Total): void {
  for (const name of countsOf(sum)) sum[name] += part[name];
  for (const [kind, n] of part.byKind) sum.byKind.set(kind, (sum.byKind.get(kind) ?? 0) + n);
  sum.harmful.push(...part.harmful);
}

type Count = Exclude<keyof Total, "byKind" | "harmful">;

function countsOf(sum: Total): Count[] {
  return Object.keys(sum).filter((name): name is Count => name !== "byKind" && name !== "harmful");
}

function progress({ seeds: runs, faults, lost, duplicates, stuck, heedless }: Total): string {
  const harm = `${lost} lost, ${duplicates} made twice, ${stuck} stuck, ${heedless} begun after a refund`;
  return `${seconds().toFixed(0).padStart(4)} s  ${runs} seeds, ${faults} faults: ${harm}`;
}

function report(sum: Total): void {
  const { byKind, harmful, lost, duplicates, stuck, heedless, virtualMs, ...counts } = sum;
  if (!values.json) {
    for (const [kind, n] of [...byKind].sort(([, a], [, b]) => b - a))
      console.log(`${String(n).padStart(10)}  ${kind}`);
    console.log(progress(sum));
    return;
  }
  const took = {
    hours: Math.round(virtualMs / 3600_000),
    seconds: Math.round(seconds() * 10) / 10,
  };
  const harm = { lost, duplicates, stuck, heedless };
  console.log(JSON.stringify({ ...counts, ...harm, ...took, harmful: harmful.slice(0, 20) }));
}
