// A clock for tests: time passes only when it is told to.
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "./clock.ts";

export interface HeldClock extends Clock {
  /** Lets `ms` pass; everybody who sleeps until then wakes at their own moment, in turn. */
  advance(ms: number): Promise<void>;
  readonly sleepers: number;
}

export function heldClock(start = new Date("2026-11-23T12:00:00Z")): HeldClock {
  let elapsedMs = 0;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(start.getTime() + elapsedMs),
    monotonicMs: () => elapsedMs,
    get sleepers() {
      return sleepers.length;
    },
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { until: elapsedMs + ms, wake: resolve };
        const leave = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          resolve();
        };
        sleepers = [...sleepers, sleeper].sort((a, b) => a.until - b.until);
        signal?.addEventListener("abort", leave, { once: true });
      });
    },
    async advance(ms) {
      const target = elapsedMs + ms;
      await turn();
      for (let next = sleepers[0]; next && next.until <= target; next = sleepers[0]) {
        elapsedMs = Math.max(elapsedMs, next.until);
        sleepers = sleepers.slice(1);
        next.wake();
        await turn();
      }
      elapsedMs = target;
    },
  };
}
