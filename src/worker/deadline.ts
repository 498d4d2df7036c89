import type { Clock } from "./clock.ts";

/**
 * How many ms are left of `ms` from now on; what is sent asks again each time. A machine that sleeps may stop the
 * monotonic clock: then the wall clock says that the time is over.
 */
export function deadline(clock: Clock, ms: number): () => number {
  const endsAt = clock.monotonicMs() + ms;
  const wallEndsAt = clock.now().getTime() + ms;
  return () => Math.min(endsAt - clock.monotonicMs(), wallEndsAt - clock.now().getTime());
}
