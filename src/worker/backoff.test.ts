import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { backoff } from "./backoff.ts";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const tries = fc.nat(100_000);
const retryAfterMs = fc.option(fc.nat(24 * 3600_000), { nil: undefined });

test("the wait is never shorter than the provider asked for, nor longer than that or a minute", () => {
  fc.assert(
    fc.property(tries, random, retryAfterMs, (failures, chance, asked) => {
      const { delayMs } = backoff(failures, chance, asked);
      assert.ok(Number.isInteger(delayMs));
      assert.ok(delayMs >= 50 && delayMs >= (asked ?? 0));
      assert.ok(delayMs <= Math.max(60_000, asked ?? 0));
    }),
  );
});

test("the first six failures are tried again quickly, then the outage is waited out", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => backoff(failures, 0.999_999));
  assert.deepEqual(
    waits.map(({ isParked }) => isParked),
    [false, false, false, false, false, false, true, true, true],
  );
  assert.deepEqual(
    waits.map(({ delayMs }) => Math.round(delayMs / 1000)),
    [2, 4, 8, 16, 32, 60, 60, 60, 60],
  );
});

test("who is parked probes every 30 to 60 seconds, so that a crowd does not come back at once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 1000 }), random, (failures, chance) => {
      const { delayMs } = backoff(failures, chance);
      assert.ok(delayMs >= 30_000 && delayMs <= 60_000);
    }),
  );
});

test("the quick waits are spread over their whole length", () => {
  const waits = Array.from({ length: 100 }, (_, i) => backoff(3, i / 100).delayMs);
  assert.ok(new Set(waits).size > 95);
  assert.ok(Math.min(...waits) < 100 && Math.max(...waits) > 15_500);
});
