import assert from "node:assert/strict";
import { test } from "node:test";
import { readVatId } from "./vat-id.ts";

test("a VAT number is read however it is written, and Greece's as EU law has it", () => {
  assert.deepEqual(readVatId("fi 1234567-1"), { prefix: "FI", number: "12345671", state: "FI" });
  assert.equal(readVatId("DE 123 456 788")?.prefix, "DE");
  assert.equal(readVatId("US123456789"), undefined);
});

test("no text takes a look at a VAT number longer than ten milliseconds", () => {
  for (const text of ["a", "1", "FI1", "DE1 ", "-", "FR..", "XI", "EL0", "ES"]) {
    const hostile = `${text.repeat(50_000 / text.length)}!`;
    const took = Array.from({ length: 5 }, () => {
      const begun = performance.now();
      assert.equal(readVatId(hostile), undefined);
      return performance.now() - begun;
    });
    // The machine may do something else meanwhile; not five times.
    assert.ok(Math.min(...took) < 10, `"${text}" took ${Math.min(...took)} ms`);
  }
});
