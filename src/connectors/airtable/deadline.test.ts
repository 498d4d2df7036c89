import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { airtableShop } from "./shop-for-tests.ts";

test("the deadline counts working days from the payment", async () => {
  const { simulator, worklist, call } = airtableShop({ deadlineWorkingDays: 5 });
  // 2026-11-23 is a Monday.
  await worklist.row.run({ order: anOrder() }, call);
  assert.equal(simulator.records()[0]?.fields.Deadline, "2026-11-30");
});

test("the deadline counts from the day of the payment where the shop is", async () => {
  // A Monday in UTC, and a Tuesday in Helsinki.
  const order = anOrder({ paidAt: "2026-11-23T22:30:00.000Z" });
  for (const [timeZone, deadline] of [
    ["UTC", "2026-11-24"],
    ["Europe/Helsinki", "2026-11-25"],
  ] as const) {
    const { simulator, worklist, call } = airtableShop({ deadlineWorkingDays: 1, timeZone });
    await worklist.row.run({ order }, call);
    assert.equal(simulator.records()[0]?.fields.Deadline, deadline);
  }
});
