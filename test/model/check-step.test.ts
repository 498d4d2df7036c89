import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkStep } from "./check-step.ts";
import { badVariants, ledgerRules } from "./rules.ts";

describe("whatever goes wrong in whatever order, a step has one effect and comes to an end", () => {
  for (const [repeat, least] of [
    ["look-first", 40_000],
    ["safe", 20_000],
    ["ask-operator", 4_000],
  ] as const) {
    test(`when its action is to be repeated like this: ${repeat}`, () => {
      const { states, flaws } = checkStep({ ...ledgerRules, repeat });
      assert.deepEqual([...flaws], []);
      assert.ok(states > least, `only ${states} states were seen`);
    });
  }
});

describe("every rule is needed: without it the search finds a way to harm", () => {
  for (const { name, rules, flaw } of badVariants) {
    test(`${name}: ${flaw}`, () => {
      const found = checkStep(rules, flaw).flaws.get(flaw);
      assert.ok(found, "no way was found");
      assert.ok(found.moves.length >= 2 && found.moves.length <= 20, found.moves.join("\n"));
      assert.match(found.moves[0] ?? "", /claims/);
    });
  }
});
