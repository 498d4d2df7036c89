// The circuit breaker of one provider account. Pure; times are milliseconds by the ledger's clock.

export interface Breaker {
  /** closed: calls pass. open: an outage, nobody calls. half-open: one call tries whether it is over. */
  readonly state: "closed" | "open" | "half-open";
  /** Bad calls since the last good one. */
  readonly failures: number;
  readonly window: { readonly from: number; readonly good: number; readonly bad: number };
  /** How many outages there were: the number of the present or last one. */
  readonly outages: number;
  /** When it began; kept until people were told that it is over. */
  readonly openedAt?: number | undefined;
  readonly closedAt?: number | undefined;
  /** While it is not closed: when the next call may try. */
  readonly probeAt: number;
  readonly why?: Why | undefined;
}

export interface Why {
  readonly cause: string;
  readonly message: string;
  /** The provider is well but refuses us: a person must mend it. */
  readonly isRefusal: boolean;
}

/** What a call says of the provider's health. */
export type Signal =
  /** It answered, whatever it said of the order. */
  | { readonly kind: "good" }
  /** It is ill, or refuses our key; `probeInMs`: when somebody may try again. */
  | { readonly kind: "bad"; readonly why: Why; readonly probeInMs: number }
  /** It asks everybody to wait. */
  | { readonly kind: "throttled"; readonly holdMs: number };

export const healthy: Breaker = {
  state: "closed",
  failures: 0,
  window: { from: 0, good: 0, bad: 0 },
  outages: 0,
  probeAt: 0,
};

const failuresInARow = 5;
const windowMs = 60_000;
const enoughCalls = 20;
const tooManyBad = 0.5;

/** `goodBefore`: good calls of the last minute that were not worth writing down until now. */
export function hear(breaker: Breaker, signal: Signal, goodBefore: number, now: number): Breaker {
  if (breaker.state === "open") return hearWhileOpen(breaker, signal);
  if (breaker.state === "half-open") return hearProbe(breaker, signal, now);
  if (signal.kind === "throttled") return breaker;
  const window = counted(breaker, signal, goodBefore, now);
  if (signal.kind === "good") return { ...breaker, failures: 0, window };
  const failures = (goodBefore > 0 ? 0 : breaker.failures) + 1;
  const calls = window.good + window.bad;
  const isIll = calls >= enoughCalls && window.bad / calls > tooManyBad;
  if (failures < failuresInARow && !isIll && !signal.why.isRefusal) {
    return { ...breaker, failures, window };
  }
  const { why, probeInMs } = signal;
  const opened = { openedAt: now, closedAt: undefined, probeAt: now + probeInMs, why };
  return { state: "open", failures, window, outages: breaker.outages + 1, ...opened };
}

function counted(breaker: Breaker, signal: Signal, goodBefore: number, now: number) {
  const isOver = now - breaker.window.from >= windowMs;
  const { from, good, bad } = isOver ? { from: now, good: 0, bad: 0 } : breaker.window;
  const isGood = signal.kind === "good";
  return { from, good: good + goodBefore + (isGood ? 1 : 0), bad: bad + (isGood ? 0 : 1) };
}

/** Calls that began before it opened prove nothing; a refused key explains what was a riddle. */
function hearWhileOpen(breaker: Breaker, signal: Signal): Breaker {
  return signal.kind === "bad" && signal.why.isRefusal ? { ...breaker, why: signal.why } : breaker;
}

function hearProbe(breaker: Breaker, signal: Signal, now: number): Breaker {
  switch (signal.kind) {
    case "good":
      return { ...breaker, state: "closed", failures: 0, window: healthy.window, closedAt: now };
    case "bad": {
      const { why, probeInMs } = signal;
      return { ...breaker, state: "open", why, probeAt: now + probeInMs };
    }
    case "throttled":
      return { ...breaker, state: "open", probeAt: now + signal.holdMs };
  }
}

/** One call is on its way to try; should it vanish, another may in `probeInMs`. */
export function probing(breaker: Breaker, probeInMs: number, now: number): Breaker {
  return { ...breaker, state: "half-open", probeAt: now + probeInMs };
}
