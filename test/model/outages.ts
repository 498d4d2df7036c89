// When each provider is away. The figures are assumptions, chosen from outages that providers have published.

export interface Provider {
  readonly name: string;
  /** Mean time from the end of an outage to the next. */
  readonly daysBetween: number;
  /** Half of the outages are shorter than this. */
  readonly medianMinutes: number;
  /** Of the logarithm of their length: the larger, the heavier the tail. */
  readonly spread: number;
  /** Some outages leave a part of the requests alone. */
  readonly failsDuring: number;
  /** Requests that fail on a good day. */
  readonly failsOtherwise: number;
  /** How long a lost answer is left alone, as in the shipped connectors. */
  readonly settleMs: number;
}

const provider = (
  name: string,
  [daysBetween, medianMinutes, spread]: readonly [number, number, number],
  [failsDuring, failsOtherwise]: readonly [number, number],
  settleMs: number,
): Provider => ({
  name,
  daysBetween,
  medianMinutes,
  spread,
  failsDuring,
  failsOtherwise,
  settleMs,
});

export const providers = {
  crm: provider("crm", [21, 55, 1.1], [0.9, 0.003], 121_000),
  worklist: provider("worklist", [30, 40, 1], [0.9, 0.003], 68_000),
  carrier: provider("carrier", [14, 60, 1.1], [1, 0.006], 186_000),
  accounting: provider("accounting", [21, 60, 1.1], [1, 0.004], 137_000),
  mail: provider("mail", [30, 45, 1.1], [0.8, 0.002], 2_232_000),
} satisfies Record<string, Provider>;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
const longestMs = 72 * hourMs;

/** A provider over many years; `scale` stretches the time between outages. */
export class Availability {
  readonly #begins: number[] = [];
  readonly #ends: number[] = [];

  constructor(of: Provider, scale: number, spanMs: number, random: () => number) {
    for (let at = 0; ; ) {
      at += -Math.log(1 - random()) * of.daysBetween * scale * dayMs;
      if (at >= spanMs) return;
      const lengthMs = of.medianMinutes * minuteMs * Math.exp(of.spread * normal(random));
      this.#begins.push(at);
      at += Math.min(longestMs, lengthMs);
      this.#ends.push(at);
    }
  }

  isAway(atMs: number): boolean {
    const index = this.#lastBegunBefore(atMs);
    return index >= 0 && atMs < (this.#ends[index] ?? 0);
  }

  /** Minutes, shortest first. */
  get lengths(): number[] {
    const lengths = this.#begins.map((begin, index) => (this.#ends[index] ?? begin) - begin);
    return lengths.map((ms) => ms / minuteMs).sort((a, b) => a - b);
  }

  #lastBegunBefore(atMs: number): number {
    let low = 0;
    let high = this.#begins.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#begins[middle] ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
