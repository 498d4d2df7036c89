// What is booked for whom: services, service points, addresses, weights.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../../connector-kit/sample-order.ts";
import type { Order } from "../../order/order.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { aShop, orderTo } from "./shop-for-tests.ts";

async function booked(order: Order, options: Partial<PostnordOptions> = {}) {
  const { book, parcels } = aShop(options);
  const outcome = await book(order);
  assert.ok(outcome.kind === "done", "error" in outcome ? outcome.error.message : "");
  const [parcel] = parcels();
  assert.ok(parcel);
  return parcel.fields;
}

async function refused(order: Order, options: Partial<PostnordOptions> = {}) {
  const { book, parcels } = aShop(options);
  const outcome = await book(order);
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.equal(parcels().length, 0);
  return { ...outcome.error.failure, message: outcome.error.message };
}

test("a consumer with a mobile number gets home delivery, which is 17 and not 19", async () => {
  const parcel = await booked(orderTo());
  assert.equal(parcel.service, "17");
  assert.deepEqual(parcel.additional, ["C7"]);
  assert.equal(parcel.smsNo, "+358401234567");
});

test("a local number is booked as E.164, or FlexChange would not find the phone", async () => {
  assert.equal((await booked(orderTo({ phone: "040 123 4567" }))).smsNo, "+358401234567");
});

test("a consumer without a phone gets the nearest service point and an e-mail", async () => {
  const parcel = await booked(orderTo({ phone: undefined }));
  assert.equal(parcel.service, "19");
  assert.deepEqual(parcel.additional, ["A7", "A4"]);
  assert.equal(parcel.servicePoint, "900100");
});

test("a landline cannot receive the text message of home delivery", async () => {
  const parcel = await booked(orderTo({ phone: "+358 9 1234567" }));
  assert.equal(parcel.service, "19");
  assert.equal(parcel.smsNo, undefined);
  assert.equal(parcel.phoneNo, "+35891234567");
});

test("a company in Germany gets a business parcel in its name", async () => {
  const to = { company: "Muster GmbH", phone: "+4915112345678" };
  const place = { line1: "Industriestraße 5", city: "Hamburg", postalCode: "20095", country: "DE" };
  const parcel = await booked(orderTo(to, place));
  assert.equal(parcel.service, "18");
  assert.deepEqual(parcel.additional, []);
  assert.equal(parcel.name, "Muster GmbH");
  assert.equal(parcel.contactName, "Example Buyer");
});

test("a parcel to America is refused: there is no such service from Finland", async () => {
  const error = await refused(orderTo({}, { country: "US", postalCode: "10001" }));
  assert.equal(error.cause, "service.not_available");
  assert.match(error.message, /no parcel service from FI to US/);
  const reunion = await refused(orderTo({}, { country: "FR", postalCode: "97400" }));
  assert.equal(reunion.cause, "service.not_available");
});

test("the first rule that fits decides, and rules may be narrower than Europe", async () => {
  const services: PostnordOptions["services"] = [
    { to: ["EE"], service: "19", additional: ["A7", "A4"] },
    { to: "nordic", service: "17", additional: ["C7"] },
  ];
  const estonia = { country: "EE", postalCode: "10111", city: "Tallinn" };
  assert.equal((await booked(orderTo({}, estonia), { services })).service, "19");
  assert.equal((await booked(orderTo(), { services })).service, "17");
  const germany = { country: "DE", postalCode: "20095", city: "Hamburg" };
  assert.equal((await refused(orderTo({}, germany), { services })).cause, "service.not_available");
});

test("nobody can be told without phone and e-mail, so a person is asked", async () => {
  const error = await refused(orderTo({ phone: undefined, email: undefined }));
  assert.equal(error.cause, "address.phone_required");
  assert.equal(error.field, "shipTo.phone");
});

test("where there is no service point, the order waits for a person", async () => {
  const place = { country: "CH", postalCode: "8001", city: "Zürich" };
  const error = await refused(orderTo({ phone: undefined }, place));
  assert.equal(error.cause, "service.not_available");
});

test("postal codes stay strings: zeros stay, blanks and the country before them go", async () => {
  const codes = [
    ["FI", "00100", "00100"],
    ["FI", "FI-00 100", "00100"],
    ["SE", "SE-111 22", "11122"],
    ["SE", "S-111 22", "11122"],
    ["LV", "LV-1010", "1010"],
    ["NL", "1011 ab", "1011AB"],
    ["PL", "00-950", "00-950"],
  ] as const;
  for (const [country, written, sent] of codes) {
    const parcel = await booked(orderTo({}, { country, postalCode: written }));
    assert.equal(parcel.postalCode, sent);
    assert.equal(parcel.countryCode, country);
  }
});

test("what is too long for a line moves to another, and nothing is lost", async () => {
  const name = "Maria Wilhelmina Alexandra Bernadotte-Mannerheim von Platen zu Hallermund";
  const line1 = "Example Business Park, Building Twenty-Seven, Third Staircase, Door 12";
  const city = "Llanfair of the Very Long Municipality Name";
  const parcel = await booked(orderTo({ name }, { line1, line2: "Gate B", city }));
  assert.equal(`${parcel.name} ${parcel.careOfName}`, name);
  assert.deepEqual(parcel.streets, [
    "Example Business Park, Building Twenty-Seven,",
    "Third Staircase, Door 12",
    "Gate B",
    "Municipality Name",
  ]);
  assert.equal(`${parcel.city} Municipality Name`, city);
});

test("what cannot be split is never cut: the field is named", async () => {
  const street = await refused(orderTo({}, { line1: "x".repeat(51) }));
  assert.deepEqual([street.cause, street.field], ["address.too_long", "shipTo.address.line1"]);
  const name = await refused(orderTo({ name: "x".repeat(61) }));
  assert.deepEqual([name.cause, name.field], ["address.too_long", "shipTo.name"]);
  const city = await refused(orderTo({}, { city: "x".repeat(36) }));
  assert.deepEqual([city.cause, city.field], ["address.too_long", "shipTo.address.city"]);
  const many = await refused(orderTo({}, { line1: "street ".repeat(40) }));
  assert.equal(many.cause, "address.too_long");
});

test("what is missing in an address is named", async () => {
  const missing = async (address: Partial<NonNullable<Order["shipTo"]["address"]>>) =>
    (await refused(orderTo({}, address))).cause;
  assert.equal(await missing({ line1: " " }), "address.street_missing");
  assert.equal(await missing({ city: "" }), "address.incomplete");
  assert.equal(await missing({ postalCode: undefined }), "address.postal_code");
  assert.equal(await missing({ country: undefined }), "address.incomplete");
  assert.equal((await refused(orderTo({ name: "" }))).field, "shipTo.name");
});

test("the parcel weighs what its pieces weigh", async () => {
  assert.equal((await booked(anOrder())).weightKg, 4.95);
});

test("a line without a weight takes the shop's default, or waits for a person", async () => {
  const lines = anOrder().lines.map((line) => ({ ...line, weightGrams: undefined }));
  const order = anOrder({ lines });
  assert.equal((await booked(order, { defaultWeightGrams: 250 })).weightKg, 1);
  const error = await refused(order);
  assert.equal(error.cause, "weight.missing");
  assert.match(error.message, /Blackout curtain/);
});
