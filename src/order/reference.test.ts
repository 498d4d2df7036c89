import assert from "node:assert/strict";
import { test } from "node:test";
import { orderSchema } from "./order.ts";
import { referenceFor } from "./reference.ts";

const format = /^[0-9A-HJKMNP-TV-Z]{14}$/;

test("a reference can be read out over the telephone: 14 characters, no I, L, O or U", () => {
  for (let i = 0; i < 2000; i++) {
    const reference = referenceFor(`cs_test_${i}`);
    assert.match(reference, format);
    assert.equal(orderSchema.shape.reference.safeParse(reference).success, true);
  }
});

test("an order that is rebuilt from its payment has the same reference for ever", () => {
  // These are printed on parcels and invoices: should they ever change, what exists could not be found again.
  assert.deepEqual(["cs_test_1", "pi_test_1", ""].map(referenceFor), [
    "RGP2H9NF3EYRPQ",
    "GQZE4QQFW4H89B",
    "T45R1Y3K22H1VH",
  ]);
});

test("a hundred thousand payments have a hundred thousand references", () => {
  const references = new Set<string>();
  for (let i = 0; i < 100_000; i++) references.add(referenceFor(`cs_live_${i}`));
  assert.equal(references.size, 100_000);
});

test("every place of a reference uses the whole alphabet alike", () => {
  const places = Array.from({ length: 14 }, () => new Map<string, number>());
  const drawn = 6400;
  for (let i = 0; i < drawn; i++) {
    [...referenceFor(`pi_${i}`)].forEach((letter, at) => {
      places[at]?.set(letter, (places[at].get(letter) ?? 0) + 1);
    });
  }
  for (const place of places) {
    assert.equal(place.size, 32);
    for (const count of place.values()) assert.ok(count > 120 && count < 290, `${count} of 200`);
  }
});
