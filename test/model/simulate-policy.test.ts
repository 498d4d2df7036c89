import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs } from "./outages.ts";
import { calibrated, simulatePolicy } from "./simulate-policy.ts";

const someYears = { ...calibrated, years: 40 };

test("where the usual policy leaves 6 orders in 1,000 to a person, Ordna leaves none", () => {
  const { orders, ordna, usual } = simulatePolicy(someYears);
  assert.equal(orders, 292_000);
  assert.ok(usual.withoutAPerson > 99.3 && usual.withoutAPerson < 99.5, `${usual.withoutAPerson}`);
  assert.ok(ordna.withoutAPerson >= 99.99, `${ordna.withoutAPerson}`);
});

test("even with outages twice as often as providers are assumed to have them", () => {
  const { ordna, usual } = simulatePolicy({ ...someYears, scale: 0.5 });
  assert.ok(ordna.withoutAPerson >= 99.99, `${ordna.withoutAPerson}`);
  assert.ok(usual.withoutAPerson < 98.5, `${usual.withoutAPerson}`);
});

test("it is the patience that does it: who gives up after an hour needs people again", () => {
  const { ordna } = simulatePolicy({ ...someYears, horizonMs: hourMs });
  assert.ok(ordna.withoutAPerson < 99.9, `${ordna.withoutAPerson}`);
});

test("the same seed gives the same figures, another seed others", () => {
  const few = { ...calibrated, years: 2 };
  assert.deepEqual(simulatePolicy(few), simulatePolicy(few));
  assert.notDeepEqual(simulatePolicy(few), simulatePolicy({ ...few, seed: 2 }));
});
