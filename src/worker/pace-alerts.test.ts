import assert from "node:assert/strict";
import { test } from "node:test";
import { paceAlerts } from "./pace-alerts.ts";

const waiting = (count: number) => Array.from({ length: count }, (_, i) => `alert/${i + 1}`);

test("three messages a minute go out as they come, the fourth waits until the first is a minute old", () => {
  const hold = (...sentAgoMs: number[]) => paceAlerts({ sentAgoMs, waiting: [] }).holdMs;
  assert.equal(hold(), 0);
  assert.equal(hold(0, 1000), 0);
  assert.equal(hold(0, 1000, 20_000), 40_000);
  assert.equal(hold(0, 1000, 59_999.5), 1);
  assert.equal(hold(0, 1000, 60_000), 0);
  assert.equal(hold(0, 1000, 20_000, 30_000), 40_000, "as of the third newest");
});

test("up to three alerts that wait are three messages, more are one", () => {
  const together = (count: number) =>
    paceAlerts({ sentAgoMs: [], waiting: waiting(count) }).together;
  assert.deepEqual(together(3), []);
  assert.deepEqual(together(4), waiting(4));
  assert.deepEqual(together(100), waiting(100));
});
