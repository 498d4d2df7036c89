import assert from "node:assert/strict";
import type { OrderDetail } from "../../src/ledger/list-orders.ts";
import type { Shop } from "./shop.ts";

/** The simulated providers hold one of each for this order. */
export function onceEverywhere({ held }: Shop, { reference }: OrderDetail): void {
  for (const kind of ["deal", "row", "shipment", "invoice", "message"]) {
    assert.equal(held(reference, kind).length, 1, kind);
  }
}
