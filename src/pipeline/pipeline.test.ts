import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import type { Action } from "../connector-kit/action.ts";
import { pipeline } from "./pipeline.ts";
import { step } from "./step.ts";

const action: Action<string, string> = {
  name: "office.record",
  connection: {
    provider: "office",
    account: "office:1",
    simulated: true,
    limits: {},
    deadlineMs: 1000,
    maxServerMs: 0,
    maxLagMs: 0,
  },
  output: z.string(),
  repeat: { how: "safe" },
  record: (id) => ({ id }),
  run: async (input) => input,
};
const input = () => "";
const aStep = (name: string) => step(name, { action, input });

test("a pipeline keeps its steps in their order", () => {
  const check = aStep("check");
  const book = step("book", { needs: { check }, action, input });
  const paid = pipeline("paid", [check, book]);
  assert.equal(paid.trigger, "paid");
  assert.deepEqual(
    paid.steps.map(({ name, needs }) => [name, needs.map((need) => need.name)]),
    [
      ["check", []],
      ["book", ["check"]],
    ],
  );
});

test("a step must stand after what it needs, so that no circle is possible", () => {
  const check = aStep("check");
  const book = step("book", { needs: { check }, action, input });
  assert.throws(() => pipeline("paid", [book, check]), /"book" needs "check"/);
  assert.throws(() => pipeline("paid", [book]), /must stand before it/);
});

test("two steps of one name are refused, because the ledger could not tell them apart", () => {
  assert.throws(() => pipeline("paid", [aStep("book"), aStep("book")]), /Two steps.*"book"/);
});

test("a pipeline without steps is refused", () => {
  assert.throws(() => pipeline("paid", []), /has no steps/);
});

for (const name of ["", "Book", "1st", "-book", "book label", "påse", "b".repeat(41), "book\n"]) {
  test(`${JSON.stringify(name)} is no step name`, () => {
    assert.throws(() => pipeline("paid", [aStep(name)]), RangeError);
  });
}

test("a key made of the longest reference and the longest step name still fits every provider", () => {
  const longest = "b".repeat(40);
  pipeline("paid", [aStep(longest)]);
  assert.ok(`${"A".repeat(20)}-${longest}`.length <= 64);
});
