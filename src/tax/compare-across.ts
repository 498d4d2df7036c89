// Compares amounts of two currencies, where no exchange rate that is possible could change the answer.
import { exponentOf, type Money } from "../order/money.ts";

/**
 * What one unit is worth in millionths of a euro: wider than any rate of the last ten years, so that nothing depends
 * on the rate of a day. Nearer to a limit than this allows, the sale is held.
 */
const worth: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = {
  EUR: [1_000_000n, 1_000_000n],
  GBP: [950_000n, 1_600_000n],
  CHF: [750_000n, 1_500_000n],
  USD: [600_000n, 1_300_000n],
  DKK: [130_000n, 140_000n],
  SEK: [60_000n, 140_000n],
  NOK: [60_000n, 150_000n],
  PLN: [170_000n, 330_000n],
  RON: [170_000n, 270_000n],
  CZK: [30_000n, 60_000n],
  ISK: [5000n, 10_000n],
  JPY: [4000n, 11_000n],
  HUF: [1800n, 5000n],
};

/** Below 0, 0 or above 0 as `amount` is less than, equal to or more than `limit`; undefined when the rate of the day decides. */
export function compareAcross(amount: Money, limit: Money): number | undefined {
  if (amount.currency === limit.currency) return sign(amount.minor - limit.minor);
  const [ours, theirs] = [worth[amount.currency], worth[limit.currency]];
  if (!ours || !theirs) return undefined;
  if (scaled(amount) * ours[1] < scaled(limit) * theirs[0]) return -1;
  if (scaled(amount) * ours[0] > scaled(limit) * theirs[1]) return 1;
  return undefined;
}

const sign = (difference: bigint) => (difference < 0n ? -1 : difference > 0n ? 1 : 0);

/** In ten-thousandths of a unit. */
function scaled({ minor, currency }: Money): bigint {
  return minor * 10n ** BigInt(4 - exponentOf(currency));
}
