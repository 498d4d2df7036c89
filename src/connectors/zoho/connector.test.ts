import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { testAction } from "../../connector-kit/conformance.ts";
import { secret } from "../../connector-kit/connector.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { zoho } from "./connector.ts";
import { held, rig } from "./shop-for-tests.ts";

const order = anOrder();
const isUpsert = (request: Request) => request.url.endsWith("/upsert");

testAction("zoho.contact", async () => {
  const shop = await rig();
  return {
    action: shop.contact,
    input: { order },
    simulator: shop.simulator,
    when: isUpsert,
    count: (simulator) => held(simulator, "contact").length,
  };
});

testAction("zoho.deal", async () => {
  const shop = await rig();
  const { contactId } = await shop.contact.run({ order }, shop.call);
  return {
    action: shop.deal,
    input: { order, contactId },
    simulator: shop.simulator,
    when: isUpsert,
    count: (simulator) =>
      held(simulator, "deal").filter((deal) => deal.reference === order.reference).length,
  };
});

testAction("zoho.deal with its note", async () => {
  const shop = await rig({ details: "note" });
  const { contactId } = await shop.contact.run({ order }, shop.call);
  return {
    action: shop.deal,
    input: { order, contactId },
    simulator: shop.simulator,
    when: (request) => request.method === "POST" && request.url.endsWith("/Notes"),
    count: (simulator) => held(simulator, "note").length * held(simulator, "deal").length,
  };
});

testAction("zoho.sales-order", async () => {
  const shop = await rig({ salesOrders: { otherProduct: "4820000000000777777" } });
  const { contactId } = await shop.contact.run({ order }, shop.call);
  const { dealId } = await shop.deal.run({ order, contactId }, shop.call);
  assert.ok(shop.salesOrder);
  return {
    action: shop.salesOrder,
    input: { order, contactId, dealId },
    simulator: shop.simulator,
    when: isUpsert,
    count: (simulator) =>
      held(simulator, "sales-order").filter((one) => one.reference === order.reference).length,
  };
});

testAction("zoho.update-deal", async () => {
  const shop = await rig();
  const { contactId } = await shop.contact.run({ order }, shop.call);
  const { dealId } = await shop.deal.run({ order, contactId }, shop.call);
  return {
    action: shop.updateDeal,
    input: { order, dealId, trackingNumber: "00370000000000000001", invoiceNumber: "2026-1" },
    simulator: shop.simulator,
    when: (request) => request.method === "PUT",
    count: (simulator) => {
      const text = String(held(simulator, "deal")[0]?.fields.Description);
      return text.split("\n").filter((line) => line.endsWith("00370000000000000001")).length;
    },
  };
});

test("the doctor sees the unique order field and the stage", async () => {
  const shop = await rig();
  const sentence = await shop.connector.check(shop.wiring, shop.call.send);
  assert.match(sentence, /unique field External_Order_ID.*"Closed Won"/);
});

test("the doctor says which field nobody has created", async () => {
  const shop = await rig({}, { orderField: undefined });
  await assert.rejects(shop.connector.check(shop.wiring, shop.call.send), (error) => {
    assert.ok(error instanceof ActionError);
    assert.equal(error.failure.cause, "field.missing");
    assert.match(error.message, /no field External_Order_ID in Deals/);
    return true;
  });
});

test("the doctor says that the order field accepts duplicates", async () => {
  const shop = await rig({}, { isOrderFieldUnique: false });
  await assert.rejects(shop.connector.check(shop.wiring, shop.call.send), /accepts duplicates/);
});

test("the doctor says that a renamed stage is not offered", async () => {
  const shop = await rig({ stage: "Bezahlt" });
  await assert.rejects(shop.connector.check(shop.wiring, shop.call.send), /no Stage "Bezahlt"/);
});

test("the connector's own simulator knows the shop's fields and stage", async () => {
  const connector = zoho({
    clientId: secret("A"),
    clientSecret: secret("B"),
    refreshToken: secret("C"),
    homeCurrency: "SEK",
    dataCentre: "us",
    orderField: "Shop_Ref",
    stage: "Betald",
    fields: { invoiceNumber: "Invoice_No" },
  });
  const simulator = connector.simulate(memoryKit());
  const wiring = {
    hosts: { accounts: "http://127.0.0.1:20001", api: "http://127.0.0.1:20001" },
    secrets: simulator.secrets,
    connection: { ...connector.connection, provider: "zoho", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const sentence = await connector.check(wiring, directSend(simulator));
  assert.match(sentence, /\(us\).*Shop_Ref.*"Betald"/);
});

test("a wrong option is refused with a sentence that names it", () => {
  const good = {
    clientId: secret("A"),
    clientSecret: secret("B"),
    refreshToken: secret("C"),
    homeCurrency: "EUR",
  };
  assert.throws(() => zoho({ ...good, homeCurrency: "euro" }), /homeCurrency: .*currency code/);
  assert.throws(() => zoho({ ...good, orderField: "Order ID" }), /orderField: .*API name/);
  assert.throws(() => zoho({ ...good, timeZone: "Helsinki" }), /timeZone: .*Europe\/Helsinki/);
});
