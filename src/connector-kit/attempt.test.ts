import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import type { Action, Call, Repeat } from "./action.ts";
import { ActionError } from "./action-error.ts";
import { asActionError, attempt } from "./attempt.ts";
import { callTo } from "./conformance.ts";

/** An office that holds what was made, and a look that finds it. */
function anOffice() {
  const held: string[] = [];
  let failure: unknown;
  let lookFailure: unknown;
  const action = (repeat: "safe" | "look-first" | "ask-operator"): Action<string, string> => ({
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
    output: z.string().min(1),
    record: (id) => ({ id }),
    repeat: repeatBy(repeat),
    async run(input) {
      if (failure) throw failure;
      held.push(input);
      return input;
    },
  });
  const repeatBy = (how: "safe" | "look-first" | "ask-operator"): Repeat<string, string> =>
    how !== "look-first"
      ? { how }
      : {
          how,
          find: async (input) => {
            if (lookFailure) throw lookFailure;
            return held.filter((one) => one === input);
          },
        };
  return {
    held,
    action,
    fail: (thrown: unknown) => {
      failure = thrown;
    },
    failLook: (thrown: unknown) => {
      lookFailure = thrown;
    },
  };
}

const call: Call = callTo({ fetch: () => Promise.reject(new Error("Nothing is sent here.")) });
const ways = ["safe", "look-first", "ask-operator"] as const;
const error = (verdict: "transient" | "permanent" | "ambiguous") =>
  new ActionError(verdict, `It is ${verdict}.`, { cause: "provider.outage" });

for (const how of ways) {
  test(`a first attempt does its work without a look: ${how}`, async () => {
    const office = anOffice();
    office.failLook(error("permanent"));
    const outcome = await attempt(office.action(how), "a", call, false);
    assert.deepEqual(outcome, { kind: "done", output: "a", via: "response" });
    assert.deepEqual(office.held, ["a"]);
  });
}

const verdicts = [
  ["transient", "retry", "retry", "retry"],
  ["permanent", "failed", "failed", "failed"],
  ["ambiguous", "unknown", "unknown", "in-doubt"],
] as const;
for (const [verdict, ...kinds] of verdicts) {
  for (const [i, how] of ways.entries()) {
    test(`a ${verdict} failure of a first attempt ends ${kinds[i]}: ${how}`, async () => {
      const office = anOffice();
      office.fail(error(verdict));
      const outcome = await attempt(office.action(how), "a", call, false);
      assert.equal(outcome.kind, kinds[i]);
    });
  }
}

test("a repeated attempt that finds the record does nothing more", async () => {
  const office = anOffice();
  office.held.push("a");
  const outcome = await attempt(office.action("look-first"), "a", call, true);
  assert.deepEqual(outcome, { kind: "done", output: "a", via: "look-up", others: [] });
  assert.deepEqual(office.held, ["a"]);
});

test("what the provider does not remember so long is a person's, unless it is found", async () => {
  const office = anOffice();
  const action = office.action("look-first");
  const { repeat } = action;
  assert.ok(repeat.how === "look-first");
  const forgetful = { ...action, repeat: { ...repeat, remembersMs: 1000 } };
  assert.equal((await attempt(forgetful, "a", call, true, false, 1000)).kind, "in-doubt");
  assert.deepEqual(office.held, []);
  assert.equal((await attempt(forgetful, "a", call, true, false, 999)).kind, "done");
  assert.equal((await attempt(forgetful, "a", call, true, false, 5000)).kind, "done");
  assert.deepEqual(office.held, ["a"]);
});

test("a repeated attempt that finds nothing makes the record", async () => {
  const office = anOffice();
  const outcome = await attempt(office.action("look-first"), "a", call, true);
  assert.deepEqual(outcome, { kind: "done", output: "a", via: "response" });
});

for (const [verdict, kind] of [
  ["transient", "unknown"],
  ["ambiguous", "unknown"],
  ["permanent", "in-doubt"],
] as const) {
  test(`a look that fails for a ${verdict} reason leaves the doubt and makes nothing`, async () => {
    const office = anOffice();
    office.failLook(error(verdict));
    const outcome = await attempt(office.action("look-first"), "a", call, true);
    assert.equal(outcome.kind, kind);
    assert.deepEqual(office.held, []);
  });
}

test("what nobody can look up is never repeated", async () => {
  const office = anOffice();
  const outcome = await attempt(office.action("ask-operator"), "a", call, true);
  assert.equal(outcome.kind, "in-doubt");
  assert.deepEqual(office.held, []);
});

test("an answer without its output is no success: it may have been done", async () => {
  const office = anOffice();
  assert.equal((await attempt(office.action("safe"), "", call, false)).kind, "unknown");
  const found = office.action("look-first");
  office.held.push("");
  assert.equal((await attempt(found, "", call, true)).kind, "unknown");
});

test("whatever else is thrown counts as perhaps done", () => {
  for (const thrown of [new TypeError("x is undefined"), "a string", undefined, null, { a: 1 }]) {
    const { verdict, failure } = asActionError(thrown);
    assert.deepEqual([verdict, failure.cause], ["ambiguous", "unknown"]);
  }
  const known = error("permanent");
  assert.equal(asActionError(known), known);
});

test("a look that finds the record twice keeps the first and tells of the other", async () => {
  const office = anOffice();
  office.held.push("a", "a");
  const outcome = await attempt(office.action("look-first"), "a", call, true);
  assert.deepEqual(outcome, { kind: "done", output: "a", via: "look-up", others: ["a"] });
});
