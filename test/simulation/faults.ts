// Everything that may go wrong, how often it does in this run, and how often it did.

export const faultKinds = {
  // On the way to a provider and back.
  refused: "nothing listens; nothing was done",
  "slow-down": "429 with Retry-After; nothing was done",
  unavailable: "503; nothing was done",
  "key-refused": "401; nothing was done",
  rejected: "422; nothing was done, until a person tries again",
  "lost-answer": "the work was done, the connection died before the answer",
  "fails-after-work": "the work was done, the answer was 502",
  garbled: "the work was done, the answer was a login page",
  "late-effect": "the work was done after we had stopped waiting",
  "never-done": "no answer and no effect",
  slow: "the answer took long, perhaps longer than we wait",
  "look-fails": "the look-up failed",
  "stale-look": "the look-up did not show yet what was there",
  // Our own machines.
  crash: "a process died at an await and all its continuations with it",
  pause: "a process stood still, perhaps for longer than a lease",
  "frozen-clock": "it was the whole machine that stood still, and its monotonic clock with it",
  // The database.
  "lost-statement": "the connection broke before the transaction",
  "lost-commit": "the transaction was committed, its answer was lost",
  "slow-statement": "a transaction took long to come through",
  // Wake-ups.
  "lost-wake": "nobody heard that something was due",
  "second-wake": "a wake-up was heard twice, perhaps by two processes",
  // The payment provider.
  "second-delivery": "an acknowledged event came again",
  "lost-delivery": "an event did not come through",
  "twin-event": "a second event of the same payment",
  "early-event": "an event that is no order came first",
  refund: "the money went back, perhaps before we knew of the order",
  // People.
  "hasty-retry": "somebody pressed retry where nothing can be repeated",
} as const;

export type FaultKind = keyof typeof faultKinds;

export interface Faults {
  /** Whether this goes wrong now; counts it if so. */
  strikes(kind: FaultKind): boolean;
  count(kind: FaultKind): void;
  /** From now on everything goes well. */
  end(): void;
  readonly counts: ReadonlyMap<FaultKind, number>;
  readonly total: number;
}

/** How often at most on an ordinary day, of all chances to strike; each day draws its own share of it. */
const most: Readonly<Record<FaultKind, number>> = {
  refused: 0.1,
  "slow-down": 0.08,
  unavailable: 0.1,
  "key-refused": 0.02,
  rejected: 0.01,
  "lost-answer": 0.2,
  "fails-after-work": 0.1,
  garbled: 0.05,
  "late-effect": 0.2,
  "never-done": 0.1,
  slow: 0.1,
  "look-fails": 0.2,
  "stale-look": 0,
  crash: 0.02,
  pause: 0.01,
  "frozen-clock": 0.5,
  "lost-statement": 0.03,
  "lost-commit": 0.03,
  "slow-statement": 0.01,
  "lost-wake": 0.5,
  "second-wake": 0.3,
  "second-delivery": 0.3,
  "lost-delivery": 0.2,
  "twin-event": 0.3,
  "early-event": 0.2,
  refund: 0.1,
  "hasty-retry": 0.5,
};

export interface Weather {
  /** Faults that must not happen. */
  readonly without?: ReadonlySet<FaultKind>;
  /** Faults that happen as often as they ever do. */
  readonly storm?: ReadonlySet<FaultKind>;
}

export function seededFaults(random: () => number, forecast: Weather): Faults {
  const chances = new Map<FaultKind, number>();
  for (const kind of allFaultKinds) {
    // Some days know nothing of a fault and some are full of it: what only happens on either is found, too.
    const weather = random();
    const usual = weather < 0.15 ? 0 : random() * (weather > 0.8 ? 3 : 1);
    const share = forecast.storm?.has(kind) ? 3 : usual;
    chances.set(kind, forecast.without?.has(kind) ? 0 : Math.min(most[kind] * share, 0.9));
  }
  const counts = new Map<FaultKind, number>();
  let isOver = false;
  let total = 0;
  const count = (kind: FaultKind) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    total += 1;
  };
  return {
    counts,
    get total() {
      return total;
    },
    count,
    end() {
      isOver = true;
    },
    strikes(kind) {
      if (isOver || random() >= (chances.get(kind) ?? 0)) return false;
      count(kind);
      return true;
    },
  };
}

export function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(faultKinds, word);
}

export const allFaultKinds: readonly FaultKind[] = Object.keys(faultKinds).filter(isFaultKind);
