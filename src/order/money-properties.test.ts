// Money over many random amounts: nothing is lost, nothing is found, and a credit mirrors its charge.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allocate, divideRounded, fromDecimal, money, negate, sum, toDecimal } from "./money.ts";

const numRuns = 15_000;
const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const weights = fc
  .array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 })
  .filter((all) => all.some((weight) => weight > 0))
  .map((all) => all.map(BigInt));

test("whatever is split by whatever weights adds up, each part within a unit of its fair share", () => {
  fc.assert(
    fc.property(amount, weights, (minor, by) => {
      const whole = by.reduce((a, b) => a + b, 0n);
      const parts = allocate(money(minor, "EUR"), by);
      assert.equal(sum(parts, "EUR").minor, minor);
      for (const [i, part] of parts.entries()) {
        const off = part.minor * whole - minor * (by[i] ?? 0n);
        assert.ok(off < whole && off > -whole);
      }
    }),
    { numRuns },
  );
});

test("a credit is split as its charge was", () => {
  fc.assert(
    fc.property(amount, weights, (minor, by) => {
      const charge = allocate(money(minor, "EUR"), by);
      assert.deepEqual(allocate(money(-minor, "EUR"), by), charge.map(negate));
    }),
    { numRuns },
  );
});

test("rounding is at most half a unit off, half goes away from zero, and the sign changes nothing", () => {
  fc.assert(
    fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 6n }), (numerator, denominator) => {
      const rounded = divideRounded(numerator, denominator);
      const off = 2n * (rounded * denominator - numerator);
      assert.ok(off <= denominator && off >= -denominator);
      if (numerator > 0n && off === -denominator) assert.fail("half was rounded towards zero");
      assert.equal(divideRounded(-numerator, denominator), -rounded);
    }),
    { numRuns },
  );
});

test("an amount written down and read again is the same amount, whatever its currency's decimals", () => {
  const currency = fc.constantFrom("EUR", "SEK", "HUF", "JPY", "ISK", "KWD");
  fc.assert(
    fc.property(amount, currency, (minor, code) => {
      const one = money(minor, code);
      assert.deepEqual(fromDecimal(toDecimal(one), code), one);
    }),
    { numRuns },
  );
});
