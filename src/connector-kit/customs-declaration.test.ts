// What customs must be told is asked for before a label is bought, whatever carries the parcel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { money } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import { withProductFacts } from "../order/product-facts.ts";
import { ActionError } from "./action-error.ts";
import { type CustomsSettings, customsDeclaration } from "./customs-declaration.ts";
import { anOrder } from "./sample-order.ts";

const customs: CustomsSettings = {
  from: { country: "FI", postalCode: "00160" },
  eoriNumber: "FI1234567-8",
};
const products = { "*": { hsCode: "830241", originCountry: "FI" } };

function orderTo(country: string, postalCode: string, more: Partial<Order> = {}): Order {
  const order = anOrder(more);
  const address = { ...order.shipTo.address, country, postalCode };
  return { ...order, shipTo: { ...order.shipTo, address } };
}

const complete = (country = "NO", postalCode = "0150") =>
  withProductFacts(orderTo(country, postalCode), products);

function refused(order: Order, settings = customs) {
  try {
    customsDeclaration(order, settings);
  } catch (error) {
    if (error instanceof ActionError) return [error.failure.cause, error.failure.field];
    throw error;
  }
  return assert.fail("it was not refused");
}

test("inside the EU's VAT area nothing is declared, to Åland and Norway it is", () => {
  for (const [country, code] of [
    ["FI", "00100"],
    ["SE", "11122"],
    ["GB", "BT1 5GS"],
  ] as const) {
    assert.equal(customsDeclaration(orderTo(country, code), customs), undefined, country);
  }
  assert.ok(customsDeclaration(complete("FI", "22100"), customs));
  assert.ok(customsDeclaration(complete(), customs));
});

test("goods are declared without VAT, line by line, with code, origin and weight; shipping stands apart", () => {
  const declared = customsDeclaration(complete(), customs) ?? assert.fail("it crosses a border");
  assert.deepEqual(
    declared.lines.map((line) => [
      line.hsTariffNumber,
      line.origin,
      line.quantity,
      line.grams,
      line.net.minor,
    ]),
    [
      ["630392", "FI", 3, 4050, 10735n],
      ["830241", "FI", 1, 900, 1434n],
    ],
    "what the payment told stands before what the shop knows",
  );
  assert.deepEqual(
    [declared.net.minor, declared.netGrams, declared.postage.minor],
    [12169n, 4950, 550n],
  );
  assert.deepEqual([declared.incoterm, declared.form], ["DAP", "commercial invoice"]);
  assert.equal(customsDeclaration(complete(), { ...customs, ddpTo: ["NO"] })?.incoterm, "DDP");
});

test("by post, small values take CN22 in the currency of the limit, and CN23 above it", () => {
  const by = (minor: number, currency = "EUR") =>
    customsDeclaration(complete("US", "10001"), {
      ...customs,
      by: "post",
      cn22UpTo: money(minor, currency),
    })?.form;
  assert.deepEqual([by(12169), by(12168), by(99999, "SEK")], ["CN22", "CN23", "CN23"]);
});

test("whatever is missing has a cause of its own and names the fact to correct", () => {
  const one = (change: object) => {
    const order = complete();
    return {
      ...order,
      lines: order.lines.map((line, at) => (at === 0 ? { ...line, ...change } : line)),
    };
  };
  assert.deepEqual(refused(one({ hsCode: undefined })), [
    "customs.hs_missing",
    "lines.li_1.hsCode",
  ]);
  assert.deepEqual(refused(one({ hsCode: "12" })), ["customs.hs_missing", "lines.li_1.hsCode"]);
  const noOrigin = ["customs.origin_missing", "lines.li_1.originCountry"];
  assert.deepEqual(refused(one({ originCountry: undefined })), noOrigin);
  assert.deepEqual(refused(one({ description: "Gift" })), [
    "customs.description_vague",
    "lines.li_1.description",
  ]);
  assert.deepEqual(refused(one({ weightGrams: undefined })), [
    "weight.missing",
    "lines.li_1.weightGrams",
  ]);
  assert.deepEqual(refused(one({ total: money(0, "EUR"), tax: money(0, "EUR") })), [
    "customs.value_missing",
    "lines.li_1.total",
  ]);
  const noEori = { ...customs, eoriNumber: undefined };
  assert.deepEqual(refused(complete(), noEori), ["customs.eori_missing", "customs.eoriNumber"]);
  assert.ok(customsDeclaration(complete("FI", "22100"), noEori), "Åland is in the customs union");
});
