// npm run chaos -- [--backend embedded|postgres|redis] [--orders N] [--seed S] [--broken NAME] [--folder PATH]
// [--json]
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { whenOrphaned } from "../../scripts/when-orphaned.mjs";
import { brokenVariants } from "./broken-variants.ts";
import { type Run, runChaos, type Undoing } from "./run-chaos.ts";
import { missingFor } from "./servers.ts";
import { type Backend, backends } from "./strikes.ts";
import { timelineOf } from "./timeline.ts";

const mostTold = 10;
const { values } = parseArgs({
  options: {
    backend: { type: "string", default: "embedded" },
    orders: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    broken: { type: "string" },
    folder: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const backend = asBackend(values.backend);
const broken = asBroken(values.broken);
const orders = asCount(values.orders);
const seed = asCount(values.seed);
const missing = missingFor(backend);
if (missing) fail(missing);

const folder = resolve(values.folder ?? mkdtempSync(join(tmpdir(), "ordna-chaos-")));
mkdirSync(folder, { recursive: true });
if (readdirSync(folder).length > 0)
  fail(`${folder} is not empty: every run needs a folder of its own.`);
const undoing: Undoing = { steps: [] };
const stop = () => void undo(values.folder !== undefined).then(() => process.exit(1));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);
whenOrphaned(stop);
console.log(`Chaos: ${backend}, ${orders} orders, seed ${seed}${broken ? `, ${broken}` : ""}`);
let isGood = false;
try {
  const run = await runChaos({ backend, orders, seed, broken, folder, say: console.log }, undoing);
  isGood = isClean(run) && run.verdict.orders === orders;
  report(run);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
}
await undo(!isGood || values.folder !== undefined);
process.exit(isGood ? 0 : 1);

function isClean({ verdict }: Run): boolean {
  const { lost, halfDone, duplicates, undelivered } = verdict;
  return lost + halfDone + duplicates + undelivered === 0;
}

function report({ verdict, log, schedule, faults, seconds, hints }: Run): void {
  const { complete, lost, halfDone, duplicates, undelivered, offenders } = verdict;
  for (const { reference, what, why } of offenders.slice(0, mostTold)) {
    console.log(`\n${reference} ${what}: ${why}`);
    console.log(timelineOf(reference, log, schedule.strikes).join("\n"));
  }
  if (offenders.length > mostTold) console.log(`\n... and ${offenders.length - mostTold} more`);
  if (hints.length > 0) console.log(`\nOrdna itself says:\n  ${hints.join("\n  ")}`);
  console.log(
    `\n${complete} of ${verdict.orders} orders are complete after ${seconds} s and ${faults} faults:` +
      ` ${lost} lost, ${halfDone} half done, ${duplicates} duplicates, ${undelivered} not delivered`,
  );
  if (!values.json) return;
  const counts = { orders: verdict.orders, lost, duplicates, half_done: halfDone, undelivered };
  console.log(JSON.stringify({ backend, ...counts, faults, seed, seconds }));
}

async function undo(isKept: boolean): Promise<void> {
  for (const step of undoing.steps.splice(0).reverse()) await step();
  if (isKept) process.stderr.write(`Kept: ${folder}\n`);
  else rmSync(folder, { recursive: true, force: true });
}

function asBackend(text: string): Backend {
  return (
    backends.find((one) => one === text) ?? fail(`--backend is one of ${backends.join(", ")}.`)
  );
}

function asBroken(name: string | undefined): string | undefined {
  if (name === undefined || Object.hasOwn(brokenVariants, name)) return name;
  const known = Object.entries(brokenVariants).map(([one, { what }]) => `  ${one}: ${what}`);
  return fail(`--broken knows:\n${known.join("\n")}`);
}

function asCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  return fail(`"${text}" is not a whole number above zero.`);
}

function fail(why: string): never {
  console.error(why);
  process.exit(2);
}
