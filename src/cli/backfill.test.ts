import assert from "node:assert/strict";
import { test } from "node:test";
import { onePerPayment, sinceOf } from "./backfill.ts";

const now = new Date("2026-11-23T12:00:00Z");

test("since is so many days or hours, a date or a moment", () => {
  const since = (text: string) => sinceOf(text, now).toISOString();
  assert.equal(since("3d"), "2026-11-20T12:00:00.000Z");
  assert.equal(since("12h"), "2026-11-23T00:00:00.000Z");
  assert.equal(since("2026-11-01"), "2026-11-01T00:00:00.000Z");
  assert.equal(since("2026-11-01T08:00:00+02:00"), "2026-11-01T06:00:00.000Z");
});

test("what is no past moment of the last year is refused with a sentence", () => {
  for (const text of ["", "3", "-3d", "yesterday", "2026-13-01", "2026-11-01T08:00:00", "3d; x"]) {
    assert.throws(() => sinceOf(text, now), /must be like 3d/, text);
  }
  for (const text of ["0d", "2026-11-24"]) assert.throws(() => sinceOf(text, now), /in the past/);
  for (const text of ["367d", "2020-01-01"])
    assert.throws(() => sinceOf(text, now), /more than 366/);
});

test("a payment that is told by events and objects is one line: what was done counts, then the fullest name", () => {
  const found = (state: "known" | "missing" | "entered", ...objects: string[]) => ({
    store: "pikkuna",
    objects,
    paidAt: `2026-11-2${objects[0]?.at(-1)}T00:00:00Z`,
    amount: null,
    state,
  });
  const lines = onePerPayment([
    found("known", "pi_2"),
    found("known", "cs_2", "pi_2"),
    found("known", "cs_1", "pi_1"),
    found("entered", "pi_1"),
    found("missing", "cs_0"),
  ]);
  assert.deepEqual(
    lines.map(({ state, objects }) => [state, ...objects]),
    [
      ["missing", "cs_0"],
      ["entered", "pi_1"],
      ["known", "cs_2", "pi_2"],
    ],
  );
});
