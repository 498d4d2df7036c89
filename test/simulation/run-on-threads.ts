// Many runs on several threads. What each seed does depends on the seed alone.
import { Worker } from "node:worker_threads";
import type { FaultKind } from "./faults.ts";
import { addTotal, emptyTotal, type Total } from "./run-seeds.ts";

export interface ThreadWork {
  readonly first: number;
  readonly count: number;
  readonly orders: number;
  readonly without: ReadonlySet<FaultKind>;
}

const lot = 10;

/** Hands out the seeds in small lots; `onPart` hears of the sum so far, and may say that it is enough. */
export async function runOnThreads(
  threads: number,
  { first, count, ...weather }: ThreadWork,
  onPart: (sum: Total) => boolean | undefined = () => undefined,
): Promise<Total> {
  const sum = emptyTotal();
  let next = first;
  let isEnough = false;
  const take = (): ThreadWork | undefined => {
    if (isEnough) return undefined;
    const work = { first: next, count: Math.min(lot, first + count - next), ...weather };
    next += work.count;
    return work.count > 0 ? work : undefined;
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
        isEnough ||= onPart(sum) ?? false;
        give();
      });
      thread.on("error", reject);
      give();
    });
  await Promise.all(Array.from({ length: threads }, runThread));
  return sum;
}
