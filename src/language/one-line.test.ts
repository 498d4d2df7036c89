import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isolated, oneLine } from "./one-line.ts";

test("line ends, controls and bidi tricks leave one readable line", () => {
  assert.equal(oneLine(" a\r\nBcc: x\u202Egnp\u2066\u0000\tb ", 50), "a Bcc: xgnp b");
  assert.equal(oneLine(undefined, 5), "");
});

test("an emoji of several parts is kept whole or left out, never cut", () => {
  const family = "👨‍👩‍👧‍👦";
  assert.equal(oneLine(`ab${family}`, 13), `ab${family}`);
  assert.equal(oneLine(`ab${family}`, 12), "ab…");
});

test("whatever is written, the line is short, well-formed and without line ends", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (text, max) => {
        const line = oneLine(text, max);
        assert.ok(line.length <= max);
        assert.ok(line.isWellFormed());
        assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      },
    ),
    { numRuns: 300 },
  );
});

test("a right-to-left name in a left-to-right sentence is isolated, others are left alone", () => {
  assert.equal(isolated("דוגמה", "ltr"), "\u2068דוגמה\u2069");
  assert.equal(isolated("Example", "ltr"), "Example");
  assert.equal(isolated("Example", "rtl"), "\u2068Example\u2069");
});
