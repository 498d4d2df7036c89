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
  effects: number;
  settledByHand: number;
  happened: number;
  virtualMs: number;
  readonly byKind: Map<FaultKind, number>;
  /** Seeds of runs that did harm. */
  readonly harmful: number[];
}

export function emptyTotal(): Total {
  const counts = { seeds: 0, orders: 0, faults: 0, lost: 0, duplicates: 0, stuck: 0, heedless: 0 };
  const sizes = { effects: 0, settledByHand: 0, happened: 0, virtualMs: 0 };
  return { ...counts, ...sizes, byKind: new Map(), harmful: [] };
}

export function addRun(total: Total, run: RunResult): void {
  total.seeds += 1;
  total.orders += run.orders;
  total.lost += run.lost.length;
  total.duplicates += run.duplicates.length;
  total.stuck += run.stuck.length;
  total.heedless += run.heedless.length;
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

export function isHarmful({ lost, duplicates, stuck, heedless }: RunResult): boolean {
  return lost.length + duplicates.length + stuck.length + heedless.length > 0;
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
