import assert from "node:assert/strict";
import { test } from "node:test";
import { onePerPayment, wishOf } from "./backfill.ts";

test("a payment that is told by events and objects is one line: what was done counts, then the fullest name", () => {
  const found = (state: "known" | "missing" | "entered", ...objects: string[]) => ({
    store: "pikkuna",
    objects,
    paidAt: `2026-11-2${objects[0]?.at(-1)}T00:00:00Z`,
    amount: null,
    state,
    leftOut: [],
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

test("older orders may go without steps; without an age all of them do", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  const wish = (...args: string[]) => wishOf(["--since", "30d", ...args], now);
  assert.equal(wish().leaveOut, undefined);
  assert.deepEqual(wish("--leave-out", "confirmation", "--leave-out=payment").leaveOut, {
    steps: ["confirmation", "payment"],
    before: now,
  });
  assert.deepEqual(
    wish("--leave-out", "confirmation", "--older-than", "7d").leaveOut?.before,
    new Date("2026-11-16T12:00:00Z"),
  );
  assert.deepEqual(
    [wish("--yes").isEntering, wish("--yes", "--dry-run").isEntering],
    [true, false],
  );
});

test("a misspelt option, or an age that means nothing, is refused before anything is asked", () => {
  const refused = (says: RegExp, ...args: string[]) =>
    assert.throws(() => wishOf(["--since", "30d", ...args], new Date()), says);
  refused(/leaveout/, "--yes", "--leaveout", "confirmation");
  refused(/--leave-out/, "--older-than", "7d");
  refused(/--older-than must be like/, "--leave-out", "confirmation", "--older-than", "");
  refused(/in the past/, "--leave-out", "confirmation", "--older-than", "0d");
});
