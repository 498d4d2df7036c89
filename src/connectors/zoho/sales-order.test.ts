import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { ZohoOptions } from "./options.ts";
import { held, rig } from "./shop-for-tests.ts";
import type { ZohoSimulatorOptions } from "./simulator.ts";

const otherProduct = "4820000000000777777";

async function shopWithDeal(
  options: Partial<ZohoOptions> = {},
  organisation: Partial<ZohoSimulatorOptions> = {},
) {
  const shop = await rig({ salesOrders: { otherProduct }, ...options }, organisation);
  const { contactId } = await shop.contact.run({ order: anOrder() }, shop.call);
  const { dealId } = await shop.deal.run({ order: anOrder(), contactId }, shop.call);
  const attemptFor = (order: Order) => {
    assert.ok(shop.salesOrder);
    return attempt(shop.salesOrder, { order, contactId, dealId }, shop.call, false);
  };
  const made = () => held(shop.simulator, "sales-order");
  return { shop, attemptFor, made, contactId, dealId };
}

async function itemsOf(order: Order) {
  const { attemptFor, made } = await shopWithDeal();
  const outcome = await attemptFor(order);
  assert.ok(outcome.kind === "done", JSON.stringify(outcome));
  return made()[0]?.fields ?? {};
}

test("a shop that wants no sales orders has no such action", async () => {
  assert.equal((await rig()).salesOrder, undefined);
});

test("a sales order carries the lines, both addresses, the deal and the contact", async () => {
  const { attemptFor, made, contactId, dealId, shop } = await shopWithDeal();
  await shop.direct("POST", "Products", {
    data: [{ Product_Name: "Curtain", Product_Code: "CUR-140-250" }],
  });
  const known = shop.simulator.records().find(({ fields }) => fields.Product_Name === "Curtain");
  assert.equal((await attemptFor(anOrder())).kind, "done");
  const { Ordered_Items, ...rest } = made()[0]?.fields ?? {};
  assert.deepEqual(Ordered_Items, [
    {
      Product_Name: { id: known?.id },
      Quantity: 3,
      List_Price: 49.9,
      Discount: 14.97,
      Description: "Blackout curtain 140×250",
    },
    {
      Product_Name: { id: otherProduct },
      Quantity: 1,
      List_Price: 20,
      Discount: 2,
      Description: "Ceiling rail 2 m",
    },
  ]);
  const place = (kind: string) => ({
    [`${kind}_Street`]: "Mannerheimintie 12 A 3",
    [`${kind}_City`]: "Helsinki",
    [`${kind}_Code`]: "00100",
    [`${kind}_Country`]: "FI",
  });
  assert.deepEqual(rest, {
    External_Order_ID: "ABCDEFGHJK1234",
    Subject: "Order ABCDEFGHJK1234 (PK-10482) Example Buyer",
    Deal_Name: { id: dealId },
    Contact_Name: { id: contactId },
    Adjustment: 6.9,
    ...place("Billing"),
    ...place("Shipping"),
    $trigger: [],
  });
});

test("a price that is no whole cent does not change what was paid: the line counts as one piece", async () => {
  const [line] = anOrder().lines;
  assert.ok(line);
  const odd = { ...line, total: money(1000, "EUR"), discount: money(0, "EUR"), quantity: 3 };
  const { Ordered_Items, Adjustment } = await itemsOf(
    anOrder({ lines: [odd], total: money(1690, "EUR") }),
  );
  assert.match(JSON.stringify(Ordered_Items), /"Quantity":1,"List_Price":10,.*"3 x Blackout/);
  assert.equal(Adjustment, 6.9);
});

test("a line without a product in Zoho waits for one, by name, and nothing is made", async () => {
  const { attemptFor, made } = await shopWithDeal({ salesOrders: {} });
  const outcome = await attemptFor(anOrder());
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.equal(outcome.error.failure.cause, "config.invalid");
  assert.match(outcome.error.message, /no product with the code CUR-140-250/);
  assert.equal(made().length, 0);
});

test("a SKU with a quote in it is not asked for, it could be read as more than a code", async () => {
  const [line] = anOrder().lines;
  assert.ok(line);
  const lines = [{ ...line, sku: "x') or (id != '0" }];
  const { Ordered_Items } = await itemsOf(anOrder({ lines, shipping: undefined }));
  assert.match(JSON.stringify(Ordered_Items), new RegExp(otherProduct));
});

test("a sales order in kronor is not read as euros", async () => {
  const { attemptFor, made } = await shopWithDeal();
  const outcome = await attemptFor(anOrder({ currency: "SEK" }));
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.error.message, /SEK would be read as EUR/);
  assert.equal(made().length, 0);
});

test("a sales order that people have worked on is found again and left as it is", async () => {
  const { attemptFor, made, shop } = await shopWithDeal();
  await attemptFor(anOrder());
  await shop.direct("PUT", `Sales_Orders/${made()[0]?.id}`, { data: [{ Adjustment: 0 }] });
  await attemptFor(anOrder());
  assert.deepEqual(
    made().map(({ fields }) => fields.Adjustment),
    [0],
  );
});

test("without its unique field no sales order is made", async () => {
  const { attemptFor, made } = await shopWithDeal({}, { salesOrderField: undefined });
  const outcome = await attemptFor(anOrder());
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.error.message, /no field External_Order_ID in Sales_Orders/);
  assert.equal(made().length, 0);
});
