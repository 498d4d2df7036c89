import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { aCompany, aVatDecision } from "./shop-for-tests.ts";

test("the simulated period is closed up to today in Finland, which begins before it does in UTC", async () => {
  const paidAt = "2026-11-23T22:30:00Z";
  const { accounting, simulator, call } = aCompany({}, () => new Date(paidAt));
  const order = anOrder({ paidAt });
  const { customerId } = await accounting.customer.run({ order }, call);
  simulator.setMood("period-locked", true);
  const input = { order, vat: aVatDecision(), customerId };
  const outcome = await attempt(accounting.invoice, input, call, false);
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.match(outcome.error.message, /locked until 2026-11-24/);
});
