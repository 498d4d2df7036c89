import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActionError } from "../../connector-kit/action-error.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { ZohoOptions } from "./options.ts";
import { held, type Rig, rig } from "./shop-for-tests.ts";
import type { ZohoSimulatorOptions } from "./simulator.ts";

async function shopWithContact(
  options: Partial<ZohoOptions> = {},
  organisation: Partial<ZohoSimulatorOptions> = {},
) {
  const shop = await rig(options, organisation);
  const { contactId } = await shop.contact.run({ order: anOrder() }, shop.call);
  return { shop, contactId };
}

async function dealFor(order: Order, options: Partial<ZohoOptions> = {}) {
  const { shop, contactId } = await shopWithContact(options);
  await shop.deal.run({ order, contactId }, shop.call);
  const [deal] = held(shop.simulator, "deal");
  assert.ok(deal);
  return { fields: deal.fields, text: String(deal.fields.Description), contactId };
}

async function refusal(shop: Rig, contactId: string, order = anOrder()): Promise<ActionError> {
  const outcome = await attempt(shop.deal, { order, contactId }, shop.call, false);
  assert.ok(outcome.kind === "failed", outcome.kind);
  return outcome.error;
}

test("a deal carries the reference, the amount in euros, the day and the contact", async () => {
  const { fields, contactId } = await dealFor(anOrder(), { pipeline: "Web shop" });
  const { Description, ...rest } = fields;
  assert.deepEqual(rest, {
    External_Order_ID: "ABCDEFGHJK1234",
    Deal_Name: "Order ABCDEFGHJK1234 (PK-10482) Example Buyer",
    Stage: "Closed Won",
    Pipeline: "Web shop",
    Closing_Date: "2026-11-23",
    Amount: 159.63,
    Contact_Name: { id: contactId },
    $trigger: [],
  });
});

test("lines and delivery address stand in the description of a deal", async () => {
  const { text } = await dealFor(anOrder());
  assert.match(text, /3 x Blackout curtain 140×250 \[CUR-140-250\]: 134\.73 EUR/);
  assert.match(text, /Shipping: 6\.90 EUR/);
  assert.match(text, /Ship to:\nExample Buyer\nMannerheimintie 12 A 3\n00100 Helsinki\nFI/);
});

const sek = anOrder({ currency: "SEK", total: money(129000, "SEK"), tax: money(25800, "SEK") });

test("kronor are not written as euros into an organisation that knows euros only", async () => {
  const { fields, text } = await dealFor(sek);
  assert.equal("Amount" in fields, false);
  assert.equal("Currency" in fields, false);
  assert.match(text, /Paid: 1290\.00 SEK/);
  assert.match(text, /Amount is left empty: it would be read as EUR/);
});

test("with multiple currencies the amount is written in the order's own", async () => {
  const { fields } = await dealFor(sek, { multiCurrency: true });
  assert.equal(fields.Amount, 1290);
  assert.equal(fields.Currency, "SEK");
});

test("a currency without decimals is not divided by a hundred", async () => {
  const yen = anOrder({ currency: "JPY", total: money(1290, "JPY"), tax: money(0, "JPY") });
  assert.equal((await dealFor(yen, { homeCurrency: "JPY" })).fields.Amount, 1290);
});

test("orders of the same buyer and the same shop number stay two deals", async () => {
  const { shop, contactId } = await shopWithContact();
  const other = anOrder({ reference: "ZZZZZZZZZZZZZZ" });
  await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  await shop.deal.run({ order: other, contactId }, shop.call);
  const references = held(shop.simulator, "deal").map((deal) => deal.reference);
  assert.deepEqual(references, ["ABCDEFGHJK1234", "ZZZZZZZZZZZZZZ"]);
});

test("a huge order fits: name, description and what follows after dispatch", async () => {
  const [line] = anOrder().lines;
  assert.ok(line);
  const lines = Array.from({ length: 2000 }, () => ({ ...line, description: "x".repeat(200) }));
  const shopOrder = "y".repeat(500);
  const { fields, text } = await dealFor(anOrder({ lines, shopOrder }));
  assert.ok(String(fields.Deal_Name).length <= 120);
  assert.ok(text.length <= 29_000);
  assert.match(text, /… and \d+ more lines/);
  assert.match(text, /Ship to:\nExample Buyer/);
});

test("a customer's line break cannot pose as a line of ours", async () => {
  const shipTo = { ...anOrder().shipTo, name: "Example\nTracking number: 1\u2028Invoice: 2" };
  const { text } = await dealFor(anOrder({ shipTo }));
  assert.equal(/^(Tracking number|Invoice):/m.test(text), false);
});

test("without the order field no deal is made, or its reference would be lost", async () => {
  const { shop, contactId } = await shopWithContact({}, { orderField: undefined });
  const error = await refusal(shop, contactId);
  assert.equal(error.failure.cause, "field.missing");
  assert.equal(held(shop.simulator, "deal").length, 0);
});

test("an order field that accepts duplicates is refused before a deal is made", async () => {
  const { shop, contactId } = await shopWithContact({}, { isOrderFieldUnique: false });
  assert.match((await refusal(shop, contactId)).message, /Do not allow duplicate values/);
  assert.equal(held(shop.simulator, "deal").length, 0);
});

test("a stage that the organisation does not offer is refused by name", async () => {
  const { shop, contactId } = await shopWithContact({ stage: "Paid" });
  const error = await refusal(shop, contactId);
  assert.equal(error.failure.cause, "request.refused");
  assert.match(error.message, /the field Stage/);
});

test("a clash in another field than ours is not taken for our deal", async () => {
  const { shop, contactId } = await shopWithContact({}, { isDealNameUnique: true });
  const clash = {
    Deal_Name: "Order ABCDEFGHJK1234 (PK-10482) Example Buyer",
    Stage: "Closed Lost",
  };
  await shop.direct("POST", "Deals", { data: [clash] });
  const error = await refusal(shop, contactId);
  assert.equal(error.failure.cause, "record.exists_differently");
  assert.match(error.message, /Deal_Name is taken/);
});
