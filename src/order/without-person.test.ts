import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../connector-kit/sample-order.ts";
import { toJson } from "./json.ts";
import { orderSchema } from "./order.ts";
import { withoutPerson } from "./without-person.ts";

const person = { name: "Maija Canary", company: "Canary Oy", email: "canary@example.com" };
const address = { line1: "Canary street 7", city: "Canaria", postalCode: "00170", country: "FI" };
const order = anOrder({
  buyer: { ...person, phone: "+358401112229", address },
  shipTo: { ...person, phone: "+358401112229", address },
  taxIds: [{ type: "eu_vat", value: "FI0canary8" }],
  customFields: { engraving: "For Canary" },
  metadata: { note: "ring Canary" },
  notes: ["Canary called"],
});

test("nothing that names the person is left, and what was sold for how much is", () => {
  const left = withoutPerson(order);
  assert.doesNotMatch(toJson(left), /canar|00170|35840|street/i);
  assert.deepEqual(left.lines, order.lines);
  assert.deepEqual(
    [left.total, left.payment, left.buyer.address],
    [order.total, order.payment, { country: "FI" }],
  );
});

test("it is still an order, and forgetting twice changes nothing", () => {
  const once = withoutPerson(order);
  assert.deepEqual(orderSchema.parse(JSON.parse(toJson(once))), once);
  assert.deepEqual(withoutPerson(once), once);
});
