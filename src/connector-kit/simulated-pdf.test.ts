import assert from "node:assert/strict";
import { test } from "node:test";
import { simulatedPdf } from "./simulated-pdf.ts";

test("the same lines make the same PDF, byte for byte", async () => {
  const [a, b] = [await simulatedPdf(["Łódź Ελλάδα"]), await simulatedPdf(["Łódź Ελλάδα"])];
  assert.equal(new TextDecoder().decode(a.subarray(0, 5)), "%PDF-");
  assert.deepEqual(a, b);
});
