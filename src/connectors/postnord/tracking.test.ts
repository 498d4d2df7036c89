// What tracking tells of the bookings of one order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { answer, aShop, orderTo } from "./shop-for-tests.ts";
import { readFound } from "./tracking.ts";

const wanted = (way: "out" | "back") => ({ reference: "ABCDEFGHJK1234", way });

function tracked(...shipments: readonly object[]) {
  const shown = shipments.map((shipment, i) => ({
    shipmentId: `SHP${i}`,
    items: [{ itemId: `0037350045000000001${i}` }],
    ...shipment,
  }));
  return answer({ TrackingInformationResponse: { shipments: shown } });
}

test("an order that was booked twice is told with both parcels", async () => {
  const { carrier, call, parcels } = aShop();
  const order = orderTo();
  const first = await carrier.book.run({ order }, call);
  const second = await carrier.book.run({ order }, call);
  const outcome = await attempt(carrier.book, { order }, call, true);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.equal(outcome.output.trackingNumber, first.trackingNumber);
  assert.deepEqual(
    outcome.others.map(({ trackingNumber }) => trackingNumber),
    [second.trackingNumber],
  );
  assert.equal(parcels().length, 2);
});

test("of two parcels of one order the one that PostNord has in its hands is kept", () => {
  const first = (status?: string) =>
    readFound(tracked({ status: "INFORMED" }, { status }), wanted("out"))[0]?.bookingId;
  for (const status of ["EN_ROUTE", "DELIVERED", "DELIVERY", "TELEPORTED"]) {
    assert.equal(first(status), "SHP1", status);
  }
  for (const status of ["INFORMED", "CREATED", undefined]) assert.equal(first(status), "SHP0");
});

test("a parcel half a day old is on its way, and still the order's", async () => {
  let hours = 0;
  const shop = aShop({}, () => new Date(Date.UTC(2026, 10, 23, hours)));
  const order = orderTo();
  const booked = await shop.carrier.book.run({ order }, shop.call);
  hours = 13;
  const outcome = await attempt(shop.carrier.book, { order }, shop.call, true);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.equal(outcome.output.trackingNumber, booked.trackingNumber);
});

test("a parcel without any reference is told from a return by its service", () => {
  const shown = tracked({ service: { code: "17" } }, { service: { code: "24" } });
  const found = (way: "out" | "back") => readFound(shown, wanted(way)).map((one) => one.bookingId);
  assert.deepEqual(found("out"), ["SHP0"]);
  assert.deepEqual(found("back"), ["SHP1"]);
});

test("a shipment that does not show all of its parcels yet is looked at again", () => {
  const half = tracked({ assessedNumberOfItems: 2 });
  assert.throws(() => readFound(half, wanted("out")), /does not show all of its items yet/);
});

test("a parcel of another order among ours is left alone, and alone it leaves the doubt", () => {
  const foreign = { shipmentReferences: [{ value: "ABCDEFGHJK12345", type: "CU" }] };
  const ours = { shipmentReferences: [{ value: "ABCDEFGHJK1234", type: "CU" }] };
  const found = readFound(tracked(foreign, ours), wanted("out"));
  assert.deepEqual(
    found.map(({ bookingId }) => bookingId),
    ["SHP1"],
  );
  assert.throws(() => readFound(tracked(foreign), wanted("out")), /other references/);
});
