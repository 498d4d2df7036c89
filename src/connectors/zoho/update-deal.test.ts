import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { withFulfilment } from "./deal-description.ts";
import type { ZohoOptions } from "./options.ts";
import { held, rig } from "./shop-for-tests.ts";
import type { ZohoSimulatorOptions } from "./simulator.ts";

const order = anOrder();
const fulfilment = {
  trackingNumber: "00370000000000000001",
  trackingUrl: "https://track.example.com/00370000000000000001",
  invoiceNumber: "2026-118",
};

async function shopWithDeal(
  options: Partial<ZohoOptions> = {},
  organisation: Partial<ZohoSimulatorOptions> = {},
) {
  const shop = await rig(options, organisation);
  const { contactId } = await shop.contact.run({ order }, shop.call);
  const { dealId } = await shop.deal.run({ order, contactId }, shop.call);
  return { shop, input: { order, dealId, ...fulfilment } };
}

test("tracking and invoice become the last lines of the description", async () => {
  const { shop, input } = await shopWithDeal();
  await shop.updateDeal.run(input, shop.call);
  const text = String(held(shop.simulator, "deal")[0]?.fields.Description);
  assert.match(text, /^Order ABCDEFGHJK1234/);
  assert.deepEqual(text.split("\n").slice(-3), [
    "Tracking number: 00370000000000000001",
    "Tracking link: https://track.example.com/00370000000000000001",
    "Invoice: 2026-118",
  ]);
});

test("said twice they stand there once, and the second time nothing is written", async () => {
  const { shop, input } = await shopWithDeal();
  await shop.updateDeal.run(input, shop.call);
  const before = JSON.stringify(shop.simulator.records());
  await shop.updateDeal.run(input, shop.call);
  assert.equal(JSON.stringify(shop.simulator.records()), before);
  assert.equal(shop.requests.filter((r) => r.startsWith("PUT")).length, 1);
});

test("what a person wrote into the description stays", async () => {
  const { shop, input } = await shopWithDeal();
  const changed = { data: [{ Description: "Call before delivery" }] };
  await shop.direct("PUT", `Deals/${input.dealId}`, changed);
  await shop.updateDeal.run(input, shop.call);
  const text = String(held(shop.simulator, "deal")[0]?.fields.Description);
  assert.match(text, /^Call before delivery\nTracking number: /);
});

test("a new tracking number takes the place of the old one", () => {
  const once = withFulfilment("Order A\nTracking number: 1\nInvoice: 2", { trackingNumber: "3" });
  assert.equal(once, "Order A\nInvoice: 2\nTracking number: 3");
});

test("a full description gives way to the tracking number", () => {
  const text = withFulfilment("x".repeat(32_000), fulfilment);
  assert.equal(text.length, 32_000);
  assert.match(text, /\nInvoice: 2026-118$/);
});

test("values that have a field of their own go there", async () => {
  const fields = { trackingNumber: "Tracking_No", trackingUrl: "Tracking_Link" };
  const { shop, input } = await shopWithDeal({ fields });
  await shop.updateDeal.run(input, shop.call);
  const deal = held(shop.simulator, "deal")[0]?.fields;
  assert.equal(deal?.Tracking_No, fulfilment.trackingNumber);
  assert.equal(deal?.Tracking_Link, fulfilment.trackingUrl);
  assert.match(String(deal?.Description), /\nInvoice: 2026-118$/);
  assert.doesNotMatch(String(deal?.Description), /Tracking/);
});

test("a field that nobody created is named, for Zoho would drop its value silently", async () => {
  const { shop, input } = await shopWithDeal(
    { fields: { invoiceNumber: "Invoice_No" } },
    { textFields: [] },
  );
  const outcome = await attempt(shop.updateDeal, input, shop.call, false);
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "field.missing");
  assert.match(outcome.error.message, /no field Invoice_No in Deals/);
});

test("a deal that somebody deleted is a person's to see", async () => {
  const { shop, input } = await shopWithDeal();
  const gone = { ...input, dealId: "4820000000000999999" };
  const outcome = await attempt(shop.updateDeal, gone, shop.call, false);
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.error.message, /no longer exists/);
});

test("a link too long for its field becomes a line, whole", async () => {
  const options = { fields: { trackingUrl: "Tracking_Link" } };
  const { shop, input } = await shopWithDeal(options, { lengths: { Tracking_Link: 30 } });
  await shop.updateDeal.run(input, shop.call);
  const deal = held(shop.simulator, "deal")[0]?.fields;
  assert.equal(deal?.Tracking_Link, undefined);
  assert.ok(String(deal?.Description).includes(`\nTracking link: ${fulfilment.trackingUrl}\n`));
});
