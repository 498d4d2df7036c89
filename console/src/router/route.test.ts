import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOfList, parseRoute, shows } from "./route.ts";

test("every list has an address that leads back to it", () => {
  for (const show of shows) {
    assert.deepEqual(parseRoute(addressOfList(show)), { page: "orders", show });
  }
});

test("an order has an address of its own", () => {
  const order = { page: "order", reference: "ABCDEFGHJK1234" };
  assert.deepEqual(parseRoute("/orders/ABCDEFGHJK1234"), order);
});

test("an address that leads nowhere is told as such, and an unknown list is all orders", () => {
  assert.deepEqual(parseRoute("/orders/../../etc"), { page: "missing" });
  assert.deepEqual(parseRoute("/nowhere"), { page: "missing" });
  assert.deepEqual(parseRoute("/?show=everything"), { page: "orders", show: "all" });
});
