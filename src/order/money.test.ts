import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  add,
  allocate,
  decimalString,
  divideRounded,
  exponentOf,
  fromDecimal,
  money,
  negate,
  subtract,
  sum,
  toDecimal,
} from "./money.ts";

const amount = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 40 })
  .filter((all) => all.some((weight) => weight > 0n));
const currency = fc.constantFrom("EUR", "SEK", "HUF", "JPY", "ISK", "KWD", "TND");
const abs = (n: bigint) => (n < 0n ? -n : n);

test("the parts of a split amount add up exactly", () => {
  fc.assert(
    fc.property(amount, weights, (minor, by) => {
      const parts = allocate(money(minor, "EUR"), by);
      assert.equal(sum(parts, "EUR").minor, minor);
      assert.equal(parts.length, by.length);
    }),
  );
});

test("no part differs from its fair share by a whole cent, and who weighs nothing gets nothing", () => {
  fc.assert(
    fc.property(amount, weights, (minor, by) => {
      const total = by.reduce((a, b) => a + b, 0n);
      allocate(money(minor, "EUR"), by).forEach((part, i) => {
        const weight = by[i] ?? 0n;
        assert.ok(abs(part.minor * total - minor * weight) < total, `part ${i}`);
        if (weight === 0n) assert.equal(part.minor, 0n);
      });
    }),
  );
});

test("a heavier part never gets less, and a credit is split like its charge", () => {
  fc.assert(
    fc.property(amount, weights, (minor, by) => {
      const parts = allocate(money(abs(minor), "EUR"), by);
      for (const [i, a] of by.entries()) {
        for (const [j, b] of by.entries()) {
          if (a > b) assert.ok((parts[i]?.minor ?? 0n) >= (parts[j]?.minor ?? 0n));
        }
      }
      const credit = allocate(money(-abs(minor), "EUR"), by);
      assert.deepEqual(credit.map(negate), parts);
    }),
  );
});

test("a cent between three goes to the first of equals", () => {
  const split = (minor: number, ...by: bigint[]) =>
    allocate(money(minor, "EUR"), by).map((part) => Number(part.minor));
  assert.deepEqual(split(100, 1n, 1n, 1n), [34, 33, 33]);
  assert.deepEqual(split(101, 1n, 1n, 1n), [34, 34, 33]);
  assert.deepEqual(split(690, 13473n, 1800n), [609, 81]);
  assert.deepEqual(split(0, 1n, 2n), [0, 0]);
});

for (const by of [[], [0n], [0n, 0n], [2n, -1n], [-1n]]) {
  test(`an amount cannot be split by ${by.length === 0 ? "nothing" : by}`, () => {
    assert.throws(() => allocate(money(1, "EUR"), by), RangeError);
  });
}

const divisor = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }).filter((d) => d !== 0n);

test("a rounded quotient is the nearest, and its negative is its mirror image", () => {
  fc.assert(
    fc.property(amount, divisor, (n, d) => {
      const rounded = divideRounded(n, d);
      assert.ok(2n * abs(n - rounded * d) <= abs(d), "nearest");
      assert.equal(divideRounded(-n, d), -rounded);
      assert.equal(divideRounded(n, -d), -rounded);
    }),
  );
});

test("halves are rounded away from zero", () => {
  const halves = [-5n, -3n, -1n, 0n, 1n, 3n, 5n].map((n) => Number(divideRounded(n, 2n)));
  assert.deepEqual(halves, [-3, -2, -1, 0, 1, 2, 3]);
});

test("an amount written as a decimal is read back as the same amount", () => {
  fc.assert(
    fc.property(amount, currency, (minor, code) => {
      const written = toDecimal(money(minor, code));
      assert.deepEqual(fromDecimal(written, code), money(minor, code));
      assert.deepEqual(fromDecimal(written.replace(".", ","), code), money(minor, code));
      const [, decimals = ""] = written.split(".");
      assert.equal(decimals.length, exponentOf(code));
    }),
  );
});

const written: readonly (readonly [bigint, string, string])[] = [
  [0n, "EUR", "0.00"],
  [5n, "EUR", "0.05"],
  [-5n, "EUR", "-0.05"],
  [15963n, "EUR", "159.63"],
  [15963n, "JPY", "15963"],
  [15963n, "KWD", "15.963"],
  [100n, "HUF", "1.00"],
];
for (const [minor, code, text] of written) {
  test(`${minor} minor units of ${code} are ${text}`, () => {
    assert.equal(toDecimal(money(minor, code)), text);
  });
}

test("an amount is read as people write it", () => {
  assert.equal(fromDecimal(" 159,6 ", "EUR").minor, 15960n);
  assert.equal(fromDecimal("159", "EUR").minor, 15900n);
  assert.equal(fromDecimal("1.500000", "EUR").minor, 150n);
  assert.equal(fromDecimal("100.00", "JPY").minor, 100n);
  assert.equal(decimalString(255n, 1), "25.5");
});

for (const text of [
  "",
  "-",
  ".5",
  "1.",
  "1e3",
  "1.234.567",
  "1 000",
  "0x10",
  "1.005",
  "٣",
  "9".repeat(16),
]) {
  test(`${JSON.stringify(text)} is no amount in euros`, () => {
    assert.throws(() => fromDecimal(text, "EUR"), RangeError);
  });
}

test("amounts of two currencies are never added, and a fraction of a cent is never made", () => {
  assert.throws(() => add(money(1, "EUR"), money(1, "SEK")), RangeError);
  assert.throws(() => sum([money(1, "EUR")], "SEK"), RangeError);
  assert.throws(() => money(0.5, "EUR"), RangeError);
  for (const code of ["eur", "EURO", "", "E1R"]) assert.throws(() => money(1, code), RangeError);
  assert.equal(subtract(money(1, "EUR"), money(3, "EUR")).minor, -2n);
  assert.equal(sum([], "EUR").minor, 0n);
});
