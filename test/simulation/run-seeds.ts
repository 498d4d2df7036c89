// Many runs, and their sum.
import type { FaultKind } from "./faults.ts";
import { type RunOptions, type RunResult, simulate } from "./simulate.ts";

export interface Total {
  seeds: number;
  orders: number;
  faults: number;
  lost: number;
  duplicates: number;
  stuck: number;
  heedless: number;
  crowded: number;
  effects: number;
  settledByHand: number;
  happened: number;
  virtualMs: number;
  readonly byKind: Map<FaultKind, number>;
  /** Seeds of runs that did harm. */
  readonly harmful: number[];
}

export function emptyTotal(): Total {
  const counts = { seeds: 0, orders: 0, faults: 0 };
  const harm = { lost: 0, duplicates: 0, stuck: 0, heedless: 0, crowded: 0 };
  const sizes = { effects: 0, settledByHand: 0, happened: 0, virtualMs: 0 };
  return { ...counts, ...harm, ...sizes, byKind: new Map(), harmful: [] };
}

export function addRun(total: Total, run: RunResult): void {
  total.seeds += 1;
  total.orders += run.orders;
  total.lost += run.lost.length;
  total.duplicates += run.duplicates.length;
  total.stuck += run.stuck.length;
  total.heedless += run.heedless.length;
  total.crowded += run.crowded.length;
  total.effects += run.effects;
  total.settledByHand += run.settledByHand;
  total.happened += run.happened;
  total.virtualMs += run.virtualMs;
  for (const [kind, n] of run.faults) {
    total.faults += n;
    total.byKind.set(kind, (total.byKind.get(kind) ?? 0) + n);
  }
  if (isHarmful(run)) total.harmful.push(run.seed);
}

type Count = Exclude<keyof Total, "byKind" | "harmful">;

const isCount = (name: string): name is Count => name !== "byKind" && name !== "harmful";

export function addTotal(sum: Total, part: Total): void {
  for (const name of Object.keys(part).filter(isCount)) sum[name] += part[name];
  for (const [kind, n] of part.byKind) sum.byKind.set(kind, (sum.byKind.get(kind) ?? 0) + n);
  sum.harmful.push(...part.harmful);
}

export function isHarmful({ lost, duplicates, stuck, heedless, crowded }: RunResult): boolean {
  return [lost, duplicates, stuck, heedless, crowded].some((keys) => keys.length > 0);
}

/** Runs from `first` on; `onRun` may say that it is enough. */
export async function runSeeds(
  first: number,
  count: number,
  options: Omit<RunOptions, "seed">,
  onRun: (total: Total, run: RunResult) => boolean | undefined = () => undefined,
): Promise<Total> {
  const total = emptyTotal();
  for (let seed = first; seed < first + count; seed++) {
    const run = await simulate({ ...options, seed });
    addRun(total, run);
    if (onRun(total, run)) break;
  }
  return total;
}
