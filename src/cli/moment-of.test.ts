import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOf } from "./moment-of.ts";

const now = new Date("2026-11-23T12:00:00Z");

test("a moment is so many days or hours, a date or a moment", () => {
  const since = (text: string) => momentOf("--since", text, now, 366).toISOString();
  assert.equal(since("3d"), "2026-11-20T12:00:00.000Z");
  assert.equal(since("12h"), "2026-11-23T00:00:00.000Z");
  assert.equal(since("2026-11-01"), "2026-11-01T00:00:00.000Z");
  assert.equal(since("2026-11-01T08:00:00+02:00"), "2026-11-01T06:00:00.000Z");
});

test("what is no past moment of the last year is refused with a sentence", () => {
  for (const text of ["", "3", "-3d", "yesterday", "2026-13-01", "2026-11-01T08:00:00", "3d; x"]) {
    assert.throws(() => momentOf("--since", text, now, 366), /must be like 3d/, text);
  }
  for (const text of ["0d", "2026-11-24"])
    assert.throws(() => momentOf("--since", text, now, 366), /in the past/);
  for (const text of ["367d", "2020-01-01"])
    assert.throws(() => momentOf("--since", text, now, 366), /more than 366/);
});
