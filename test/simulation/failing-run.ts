// The smallest run that still does harm, and the story of the order it was done to.
import { allFaultKinds, type FaultKind } from "./faults.ts";
import { isHarmful } from "./run-seeds.ts";
import { ordersOfDay, type RunOptions, type RunResult, simulate } from "./simulate.ts";

export interface FailingRun {
  readonly options: RunOptions;
  readonly result: RunResult;
  /** What was harmed: the key of an order's step. */
  readonly key: string;
}

/** Leaves out whatever the harm does not need: kinds of faults, and orders. */
export async function smallestFailingRun(found: RunOptions): Promise<FailingRun> {
  let options = found;
  for (const orders of [1, 2, 4, 8, 16]) {
    const fewer = { ...options, orders };
    if (isHarmful(await simulate(fewer))) {
      options = fewer;
      break;
    }
  }
  for (const kind of allFaultKinds) {
    const without: ReadonlySet<FaultKind> = new Set([...(options.without ?? []), kind]);
    const calmer = { ...options, without };
    if (isHarmful(await simulate(calmer))) options = calmer;
  }
  const first = await simulate(options);
  const { duplicates, lost, stuck, heedless, crowded } = first;
  const key = [...duplicates, ...lost, ...stuck, ...heedless, ...crowded][0] ?? "";
  const reference = /[0-9A-Z]{14}/.exec(key)?.[0] ?? "";
  return { options, key, result: await simulate({ ...options, storyOf: reference }) };
}

export function tellFailingRun({ options, key, result }: FailingRun): string {
  const { seed, orders = ordersOfDay, without = new Set() } = options;
  const kinds = allFaultKinds.filter((kind) => !without.has(kind) && result.faults.has(kind));
  const left = without.size > 0 ? ` --without ${[...without].join(",")}` : "";
  return [
    `Seed ${seed} (${result.layout}): ${harmOf(result)}; the story of ${key}:`,
    ...result.story.map((line) => `  ${line}`),
    `It takes ${kinds.join(", ") || "no fault at all"}. Again, with its story:`,
    `  node test/simulation/main.ts --seed ${seed} --seeds 1 --orders ${orders}${left} --story ${key.split("-")[0]}`,
  ].join("\n");
}

function harmOf({ lost, duplicates, stuck, heedless, crowded }: RunResult): string {
  const harm = `${lost.length} lost, ${duplicates.length} made twice, ${stuck.length} stuck`;
  return `${harm}, ${heedless.length} begun after a refund, ${crowded.length} too many at once`;
}
