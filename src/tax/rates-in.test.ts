import assert from "node:assert/strict";
import { test } from "node:test";
import { ratesIn } from "./rate-on.ts";

test("Finland's standard rate is 25.5 %, no longer 24 %, and of nowhere no rate is known", () => {
  assert.ok(ratesIn("2026-11-23", "FI").has("25.5"));
  assert.ok(!ratesIn("2026-11-23", "FI").has("24"));
  assert.deepEqual(ratesIn("2026-11-23", "ZZ"), new Set());
});
