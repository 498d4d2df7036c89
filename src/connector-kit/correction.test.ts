import assert from "node:assert/strict";
import { test } from "node:test";
import { type CauseCode, causes } from "./cause.ts";
import { correctionOf } from "./correction.ts";

const codes = Object.keys(causes).filter((code): code is CauseCode => Object.hasOwn(causes, code));

test("whatever is wrong with an address or a VAT number is corrected, not only tried again", () => {
  const facts = codes.filter((code) => /^(address|vat_id|customs\.hs)\b/.test(code));
  assert.ok(facts.length > 20, `${facts.length} causes`);
  for (const code of facts.filter((one) => one !== "address.sanctioned_destination")) {
    const { decision, fields = [] } = correctionOf(code);
    assert.deepEqual([code, decision, fields.length > 0], [code, "amend", true]);
  }
});

test("a parcel to where sanctions forbid it is stopped", () => {
  assert.equal(correctionOf("address.sanctioned_destination").decision, "cancel");
});

test("what nobody can mend offers nothing, and what is new may be named", () => {
  assert.equal(correctionOf("order.cancelled").decision, "none");
  assert.equal(correctionOf("what nobody has seen").decision, "retry");
});
