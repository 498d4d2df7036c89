import assert from "node:assert/strict";
import { test } from "node:test";
import { snoozeTime } from "./snooze-time.ts";

test("what is put off comes back in an hour, the next morning, or in a week at eight", () => {
  const now = new Date(2026, 10, 30, 17, 20);
  assert.equal(snoozeTime("hour", now).getTime() - now.getTime(), 3_600_000);
  assert.deepEqual(snoozeTime("morning", now), new Date(2026, 11, 1, 8));
  assert.deepEqual(snoozeTime("week", now), new Date(2026, 11, 7, 8));
});
