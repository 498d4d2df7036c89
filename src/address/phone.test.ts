import assert from "node:assert/strict";
import { test } from "node:test";
import { toE164 } from "./phone.ts";

const numbers: readonly (readonly [phone: string, country: string, e164: string])[] = [
  ["040 123 4567", "FI", "+358401234567"],
  ["+358 40 123 4567", "SE", "+358401234567"],
  ["00358401234567", "FI", "+358401234567"],
  ["+358 (0)40 1234567", "FI", "+358401234567"],
  ["070-174 06 05", "SE", "+46701740605"],
  ["+372 5123 4567", "EE", "+37251234567"],
  ["0151 23456789", "DE", "+4915123456789"],
];

for (const [phone, country, e164] of numbers) {
  test(`"${phone}", written in ${country}, is ${e164}`, () => {
    assert.equal(toE164(phone, country), e164);
  });
}

test("what is no number stays away from the carrier", () => {
  for (const phone of [
    "",
    "none",
    "123",
    "+358",
    "040",
    "+999 1234567",
    "0".repeat(51),
    "\u0000",
  ]) {
    assert.equal(toE164(phone, "FI"), undefined, phone);
  }
  assert.equal(toE164(undefined, "FI"), undefined);
});

test("a local number without a country is nobody's, and an unknown country is none", () => {
  assert.equal(toE164("040 123 4567", undefined), undefined);
  assert.equal(toE164("040 123 4567", "XX"), undefined);
  assert.equal(toE164("+358 40 123 4567", "XX"), "+358401234567");
});

test("no text takes the number check longer than ten milliseconds", () => {
  for (const phone of ["0".repeat(50), "+".repeat(50), "(0)".repeat(16), "1-".repeat(100_000)]) {
    // The fastest of some: the machine may be busy with something else.
    const took = [1, 2, 3, 4, 5].map(() => {
      const begun = performance.now();
      toE164(phone, "FI");
      return performance.now() - begun;
    });
    assert.ok(Math.min(...took) < 10, phone.slice(0, 20));
  }
});
