// How corrections are written in a terminal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAmendment } from "./amend.ts";
import { fieldsIn } from "./order-decisions.ts";

test("corrections are read with short names and with paths, and an empty value takes a fact away", () => {
  const asked = readAmendment([
    "ABCDEFGHJK1234",
    "--postal-code",
    "00100",
    "--lines.li_1.hsCode=630392",
    "--company",
    "",
    "--reason",
    "A digit was missing",
    "--json",
  ]);
  assert.equal(asked.reference, "ABCDEFGHJK1234");
  assert.deepEqual(asked.changes, [
    { field: "shipTo.address.postalCode", value: "00100" },
    { field: "lines.li_1.hsCode", value: "630392" },
    { field: "shipTo.company", value: null },
  ]);
  assert.deepEqual(
    [asked.reason, asked.isJson, asked.isPreview],
    ["A digit was missing", true, false],
  );
});

test("a value that stands alone is refused, for it may belong to a field", () => {
  assert.throws(() => readAmendment(["ABCDEFGHJK1234", "00100"]), /What is "00100"/);
});

test("what a provider shows is entered as fields, or as one number alone", () => {
  assert.deepEqual(fieldsIn("invoiceId=165, invoiceNumber=10=42"), {
    invoiceId: "165",
    invoiceNumber: "10=42",
  });
  assert.deepEqual(fieldsIn("165"), { id: "165" });
  assert.deepEqual(fieldsIn(undefined), {});
});
