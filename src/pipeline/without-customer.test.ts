import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../connector-kit/sample-order.ts";
import { withoutCustomer } from "./without-customer.ts";

const buyer = {
  name: "Näidis Ostja",
  company: "Example Oy",
  email: "naidis.ostja@example.com",
  phone: "+358401234567",
  address: {
    line1: "Mannerheimintie 12 A 3",
    line2: "c/o Somebody",
    city: "Helsinki",
    postalCode: "00100",
    country: "FI",
  },
};
const order = anOrder({ buyer, shipTo: buyer });

const told: readonly (readonly [text: string, clean: string])[] = [
  ["Invalid e-mail naidis.ostja@example.com.", "Invalid e-mail [e-mail]."],
  ["Invalid e-mail naidis.ostja@ex", "Invalid e-mail [e-mail]"],
  ["q=naidis.ostja%40example.com", "q=[e-mail]"],
  ["Consignee Näidis Ostja: no", "Consignee [name]: no"],
  ['{"Last_Name":"Ostja"}', '{"Last_Name":"[name]"}'],
  ['{"name":"N\\u00e4idis Ostja"}', '{"name":"[name]"}'],
  ["Example Oy, Mannerheimintie 12 A 3, c/o Somebody", "[name], [street], [street]"],
  ["sms to +358401234567", "sms to [phone]"],
  ["sms to 040 123 4567 failed", "sms to [phone] failed"],
];
for (const [text, clean] of told) {
  test(`what a provider repeats is told without the customer: ${text}`, () => {
    assert.equal(withoutCustomer(text, order), clean);
  });
}

test("what a person needs to mend it stays", () => {
  const sentence =
    '"00100" is no postal code of Helsinki, FI: the buyer of ABCDEFGHJK1234 paid 159.63.';
  assert.equal(withoutCustomer(sentence, order), sentence);
});

test("an order without anybody in it changes nothing", () => {
  const nobody = anOrder({ buyer: {}, shipTo: {} });
  assert.equal(withoutCustomer("No name, no phone.", nobody), "No name, no phone.");
});
