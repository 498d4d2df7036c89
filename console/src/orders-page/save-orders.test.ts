import assert from "node:assert/strict";
import { test } from "node:test";
import type { OrderGlance } from "../api/order-schema.ts";
import { toCsv } from "../shell/save-csv.ts";
import { orderRows } from "./save-orders.ts";

test("an exported order stands in one row, and what a customer wrote is no formula", () => {
  const order: OrderGlance = {
    reference: "ORDER000001001",
    store: "pikkuna",
    shopOrder: "PK-1001",
    state: "done",
    isLive: true,
    total: { minor: "15963", currency: "EUR" },
    customer: "=HYPERLINK(1)",
    country: "FI",
    locale: "fi",
    createdAt: "2026-11-23T12:00:00.000Z",
    doneAt: null,
    steps: [],
  };
  const rows = orderRows([order], new Date());
  assert.equal(rows.length, 2);
  assert.deepEqual(rows[1]?.slice(0, 3), ["PK-1001", "ORDER000001001", "pikkuna"]);
  assert.deepEqual(rows[1]?.slice(5, 8), ["159.63", "EUR", "Done"]);
  assert.match(toCsv(rows), /;'=HYPERLINK\(1\);/);
});
