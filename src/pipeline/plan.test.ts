import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plan, type StepStanding, type StepState, stateOf, stepStates } from "./plan.ts";

function standing(name: string, state: StepState, more: Partial<StepStanding> = {}): StepStanding {
  return { name, state, needs: [], dueInMs: 0, ...more };
}

test("what is due may run: ready, unknown after its settle window, parked, and what was left running", () => {
  const steps = stepStates.map((state) => standing(state, state));
  assert.deepEqual(plan(steps).run, ["ready", "running", "unknown", "parked"]);
  assert.equal(plan(steps).lookAgainInMs, undefined);
});

test("what is not due yet does not run, and the soonest says when to look again", () => {
  const { run, lookAgainInMs } = plan([
    standing("booking", "unknown", { dueInMs: 30_000 }),
    standing("deal", "ready", { dueInMs: 0.2 }),
    standing("label", "running", { dueInMs: 60_000 }),
    standing("done-long-ago", "done", { dueInMs: -1 }),
    standing("row", "ready", { dueInMs: -5 }),
  ]);
  assert.deepEqual(run, ["row"]);
  assert.equal(lookAgainInMs, 0.2);
});

test("a blocked step whose needs are all done or skipped was missed and is freed", () => {
  const { unblock, run } = plan([
    standing("check", "done"),
    standing("deal", "skipped"),
    standing("booking", "running", { dueInMs: 1000 }),
    standing("both", "blocked", { needs: ["check", "deal"] }),
    standing("label", "blocked", { needs: ["check", "booking"] }),
  ]);
  assert.deepEqual(unblock, ["both"]);
  assert.deepEqual(run, []);
});

test("an order is done when all is done or skipped, and a person's while one step is", () => {
  const of = (...states: StepState[]) => stateOf(states.map((state) => ({ state })));
  assert.equal(of("done", "skipped", "done"), "done");
  assert.equal(of("done", "attention", "running"), "attention");
  assert.equal(of("done", "blocked"), "open");
  assert.equal(plan([]).state, "done");
});

const someSteps = fc
  .array(
    fc.record({
      state: fc.constantFrom(...stepStates),
      dueInMs: fc.integer({ min: -1000, max: 1000 }),
      needs: fc.uniqueArray(fc.nat(9)),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((all) =>
    all.map(({ state, dueInMs, needs }, i) =>
      standing(`s${i}`, state, { dueInMs, needs: needs.filter((n) => n < i).map((n) => `s${n}`) }),
    ),
  );

test("nothing is ever forgotten: a step runs, is freed, is due later, waits for another or a person, or is over", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const { run, unblock, lookAgainInMs, state } = plan(steps);
      const over = new Set(steps.filter((s) => /done|skipped/.test(s.state)).map((s) => s.name));
      for (const { name, state: its, needs, dueInMs } of steps) {
        const isLater = lookAgainInMs !== undefined && dueInMs >= lookAgainInMs && dueInMs > 0;
        const waits = its === "blocked" && needs.some((need) => !over.has(need));
        const kept = [run.includes(name), unblock.includes(name), waits, its === "attention"];
        const isKept = kept.includes(true) || over.has(name) || (isLater && its !== "blocked");
        assert.ok(isKept, `${name} is forgotten`);
      }
      assert.equal(state === "done", over.size === steps.length);
    }),
  );
});

test("no step is planned before what it needs", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const { run, unblock } = plan(steps);
      const stateNow = new Map(steps.map(({ name, state }) => [name, state]));
      assert.ok(run.every((name) => stateNow.get(name) !== "blocked"));
      for (const name of unblock) {
        const needs = steps.find((s) => s.name === name)?.needs ?? [];
        assert.ok(needs.every((need) => /done|skipped/.test(stateNow.get(need) ?? "")));
      }
    }),
  );
});
