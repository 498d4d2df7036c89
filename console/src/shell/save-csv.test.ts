import assert from "node:assert/strict";
import { test } from "node:test";
import { csvCell, toCsv } from "./save-csv.ts";

test("what a customer wrote is no formula in a spreadsheet, and a negative amount stays one", () => {
  assert.equal(csvCell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
  assert.equal(csvCell('=HYPERLINK("http://evil","x")'), `"'=HYPERLINK(""http://evil"",""x"")"`);
  assert.equal(csvCell("+1+cmd|' /C calc'!A0"), "'+1+cmd|' /C calc'!A0");
  assert.equal(csvCell("\t=1+1"), "'\t=1+1");
  assert.equal(csvCell("@SUM(A1)"), "'@SUM(A1)");
  assert.equal(csvCell("+358 40"), "'+358 40");
  assert.equal(csvCell("-12.50"), "-12.50");
  assert.equal(csvCell("-2+3"), "'-2+3");
  assert.equal(csvCell('a "b"; c'), '"a ""b""; c"');
  assert.equal(toCsv([["a", "1,50"]]), '\u{FEFF}a;"1,50"\r\n');
});
