export interface Clock {
  /** Wall clock, for what is written on documents. Leases never use it. */
  now(): Date;
  /** Monotonic milliseconds, for deadlines. */
  monotonicMs(): number;
  /** Resolves early when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
