// An order that no parcel reaches is held with the judge's code, the field to mend and what may be meant.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../connector-kit/action-error.ts";
import { anOrder } from "../connector-kit/sample-order.ts";
import type { Order, Party } from "../order/order.ts";
import { shoppers } from "../sandbox/shoppers.ts";
import { type DeliveryWish, refuseUnreachable } from "./check-delivery.ts";

function shipTo(address: Party["address"], more: Partial<Party> = {}): Order {
  const order = anOrder();
  const party = { ...order.shipTo, ...more };
  return { ...order, shipTo: { ...party, address: { ...party.address, ...address } } };
}

function whyHeld(order: Order, wish?: DeliveryWish) {
  try {
    refuseUnreachable(order, wish);
  } catch (error) {
    assert.ok(error instanceof ActionError);
    assert.equal(error.verdict, "permanent");
    return { message: error.message, ...error.failure };
  }
  return assert.fail("a parcel would be sent there");
}

const unreachable: readonly (readonly [
  string,
  Order,
  code: string,
  field: string,
  DeliveryWish?,
])[] = [
  ["no address", anOrder({ shipTo: {} }), "shipping_address_absent", "address.line1"],
  [
    "no country",
    shipTo({ country: undefined }),
    "country_unsupported_by_service",
    "address.country",
  ],
  [
    "a country out of the shop's service area",
    shipTo({ country: "SE", postalCode: "211 34", city: "Malmö" }),
    "country_unsupported_by_service",
    "address.country",
    { countries: ["FI"] },
  ],
  [
    "a sanctioned country",
    shipTo({ country: "BY", postalCode: "220030", city: "Minsk" }),
    "sanctioned_destination",
    "address.country",
  ],
  ["no name", shipTo({}, { name: undefined, company: " " }), "name_incomplete", "name"],
  ["no street", shipTo({ line1: " " }), "house_number_missing", "address.line1"],
  ["no house number", shipTo({ line1: "Hämeenkatu" }), "house_number_missing", "address.line1"],
  ["no city", shipTo({ city: undefined }), "postcode_city_mismatch", "address.city"],
  ["no postal code", shipTo({ postalCode: "" }), "postcode_missing", "address.postalCode"],
  ["a wrong postal code", shipTo({ postalCode: "ABC" }), "postcode_format", "address.postalCode"],
  [
    "another country's postal code",
    shipTo({ postalCode: "SE-211 34" }),
    "postcode_country_conflict",
    "address.postalCode",
  ],
  ["a city elsewhere", shipTo({ city: "Tampere" }), "postcode_city_mismatch", "address.city"],
  ["a letter box", shipTo({ line1: "PL 12" }), "po_box_for_courier", "address.line1"],
  ["a placeholder", shipTo({ line1: "asdf" }), "placeholder_text", "address.line1"],
  ["a name in Hebrew", shipTo({}, { name: "עמית כהן" }), "rtl_name", "name"],
  [
    "no number for the courier",
    { ...shipTo({}, { phone: undefined }), buyer: { email: "a@b.fi" } },
    "phone_required_missing",
    "phone",
    { service: "courier" },
  ],
];

for (const [what, order, code, field, wish] of unreachable) {
  test(`an order with ${what} is held before a label is bought`, () => {
    const held = whyHeld(order, wish);
    assert.deepEqual([held.cause, held.field], [`address.${code}`, `shipTo.${field}`]);
    assert.match(held.message, /\.$/);
  });
}

for (const email of [undefined, "a@x.fi, victim@y.fi", "a@b.fi\r\nBcc: x@y.example"]) {
  test(`an order whose customer has the e-mail address ${JSON.stringify(email)} is held`, () => {
    const { cause, field } = whyHeld(anOrder({ buyer: { name: "Example Buyer", email } }));
    assert.deepEqual([cause, field], ["address.email_invalid", "buyer.email"]);
  });
}

test("what may be meant is told, and nothing is mended unasked", () => {
  const order = shipTo({ postalCode: "OO100" });
  assert.match(
    whyHeld(order).message,
    /"OO100" is no postal code of FI\. Perhaps "00100" is meant\./,
  );
  assert.equal(order.shipTo.address?.postalCode, "OO100");
});

test("everything that is wrong is told at once", () => {
  const { message } = whyHeld(shipTo({ postalCode: undefined, line1: "Hämeenkatu" }));
  assert.match(message, /postal code is missing\..*no house number\./);
});

test("a company without a person's name, and a country without rules here, can receive a parcel", () => {
  refuseUnreachable(shipTo({}, { name: undefined, company: "Example Oy" }));
  refuseUnreachable(shipTo({ country: "US", postalCode: "10001", city: "New York" }));
});

test("everybody who buys in the sandbox can be reached", () => {
  for (const { country, buyer } of Object.values(shoppers)) {
    refuseUnreachable(shipTo({ ...buyer.address, country }, { name: buyer.name }));
  }
});
