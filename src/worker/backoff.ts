// How long to wait before trying again. Pure.

export interface Backoff {
  readonly delayMs: number;
  /** The quick tries are used up: this is an outage to wait out. */
  readonly isParked: boolean;
}

const quickTries = 6;

/**
 * Full jitter, doubling from 2 s to at most 60 s, for six tries; then every 30 to 60 s until it is over. The provider's
 * own Retry-After is never undercut. `tries` counts the failures before this one.
 */
export function backoff(tries: number, random: number, retryAfterMs = 0): Backoff {
  const isParked = tries >= quickTries;
  const jittered = isParked
    ? 30_000 + random * 30_000
    : random * Math.min(60_000, 2000 * 2 ** tries);
  return { delayMs: Math.ceil(Math.max(retryAfterMs, jittered, 50)), isParked };
}
