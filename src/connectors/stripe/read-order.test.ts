import assert from "node:assert/strict";
import { test } from "node:test";
import { toJson } from "../../order/json.ts";
import { toDecimal } from "../../order/money.ts";
import { type Order, orderSchema } from "../../order/order.ts";
import { referenceFor } from "../../order/reference.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest } from "./shop-for-tests.ts";

const completed = "checkout.session.completed";
const succeeded = "payment_intent.succeeded";

const decimals = (order: Order) => ({
  lines: order.lines.map((l) => [l.subtotal, l.discount, l.tax, l.total].map(toDecimal)),
  shipping: order.shipping && [order.shipping.tax, order.shipping.total].map(toDecimal),
  order: [order.discount, order.tax, order.total].map(toDecimal),
});

test("a checkout with inclusive VAT, a discount and shipping becomes the order that was paid", async () => {
  const { simulator, orderOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-eur-inclusive"));
  const order = await orderOf(anEvent(completed, "cs_test_a1EurIncl"));
  assert.deepEqual(decimals(order), {
    lines: [
      ["149.70", "14.97", "27.38", "134.73"],
      ["20.00", "2.00", "3.66", "18.00"],
    ],
    shipping: ["1.40", "6.90"],
    order: ["16.97", "32.44", "159.63"],
  });
  assert.equal(order.reference, referenceFor("cs_test_a1EurIncl"));
  assert.deepEqual(order.payment, {
    provider: "stripe",
    object: "cs_test_a1EurIncl",
    paymentIntent: "pi_3EurIncl",
    charge: "ch_3EurIncl",
    livemode: false,
  });
  assert.equal(order.paidAt, "2026-11-18T11:06:35.000Z");
  assert.equal(order.taxSource, "lines");
  assert.equal(order.lines[0]?.taxes[0]?.ratePercent, "25.5");
  assert.equal(order.lines[0]?.taxes[0]?.reason, "standard_rated");
  assert.equal(order.shipping?.description, "PostNord MyPack");
  assert.deepEqual(order.notes, []);
  assert.deepEqual(orderSchema.parse(JSON.parse(toJson(order))), order);
});

test("who bought, where it goes and what the shop added come along", async () => {
  const { simulator, orderOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-eur-inclusive"));
  const order = await orderOf(anEvent(completed, "cs_test_a1EurIncl"));
  assert.deepEqual(order.buyer, {
    company: "Example Oy",
    email: "buyer@example.com",
    phone: "+358401234567",
    address: {
      line1: "Mannerheimintie 12 A 3",
      city: "Helsinki",
      postalCode: "00100",
      country: "FI",
    },
  });
  assert.equal(order.shipTo.name, "Example Buyer");
  assert.equal(order.shipTo.address?.postalCode, "00100");
  assert.equal(order.shopOrder, "PK-10482");
  assert.deepEqual(order.customFields, { doorcode: "1234A" });
  assert.deepEqual(order.taxIds, [{ type: "eu_vat", value: "FI12345671" }]);
  assert.deepEqual(order.locale, { tag: "fi", source: "session" });
  const [curtain, rail] = order.lines;
  assert.equal(curtain?.sku, "CUR-140-250");
  assert.equal(curtain?.weightGrams, 1350);
  assert.equal(curtain?.hsCode, "630392");
  assert.equal(rail?.weightGrams, 900);
});

test("the session's event, the payment's and the thin one meet in one and the same order", async () => {
  const { simulator, orderOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-eur-inclusive"));
  simulator.record(scenarioPayment("thin"));
  const first = await orderOf(anEvent(completed, "cs_test_a1EurIncl"));
  const later = { createdAt: "2026-11-18T11:09:00.000Z", id: "evt_other" };
  const second = await orderOf(anEvent(succeeded, "pi_3EurIncl", later));
  assert.deepEqual(second, first);
});

test("a PaymentIntent without Checkout brings its lines in amount_details, and its VAT as a sum", async () => {
  const { simulator, orderOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-bare-payment-intent"));
  const order = await orderOf(anEvent(succeeded, "pi_3Bare"));
  assert.deepEqual(decimals(order), {
    lines: [["54.20", "0.00", "13.55", "67.75"]],
    shipping: ["12.25", "61.25"],
    order: ["0.00", "25.80", "129.00"],
  });
  assert.equal(order.currency, "SEK");
  assert.equal(order.taxSource, "sum");
  assert.deepEqual(order.lines[0]?.taxes, []);
  assert.equal(order.lines[0]?.sku, "CUR-1");
  assert.equal(order.payment.object, "pi_3Bare");
  assert.equal(order.shopOrder, "SE-77");
  assert.equal(order.buyer.email, "kund@example.com");
  assert.equal(order.shipTo.name, "Test Kund Öberg");
  assert.deepEqual(order.locale, { tag: "sv", source: "shipping country" });
  assert.deepEqual(order.notes, []);
});

test("a free order has no PaymentIntent and is served all the same", async () => {
  const { simulator, orderOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-free-100pct"));
  const order = await orderOf(anEvent(completed, "cs_test_a1Free"));
  assert.deepEqual(decimals(order), {
    lines: [["20.00", "20.00", "0.00", "0.00"]],
    shipping: undefined,
    order: ["20.00", "0.00", "0.00"],
  });
  assert.equal(order.payment.paymentIntent, undefined);
  assert.equal(order.paidAt, "2026-11-18T11:06:40.000Z");
  assert.deepEqual(order.notes, []);
});

test("a SEPA debit opens its order when the money has come, not before", async () => {
  const { simulator, orderOf, reasonOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-async-sepa"));
  const session = "cs_test_a1Async";
  assert.match(await reasonOf(anEvent(completed, session)), /Not paid yet/);
  simulator.happen("evt_1AsyncOk");
  const settled = anEvent("checkout.session.async_payment_succeeded", session);
  const order = await orderOf(settled);
  assert.equal(toDecimal(order.total), "159.63");
  assert.equal(order.payment.paymentIntent, "pi_3Async");
});

test("events that open no order are ignored with a plain reason", async () => {
  const { simulator, reasonOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-eur-inclusive"));
  const session = "cs_test_a1EurIncl";
  assert.match(await reasonOf(anEvent("charge.succeeded", "ch_3EurIncl")), /opens no order/);
  assert.match(await reasonOf(anEvent("unheard.of", "x")), /opens no order/);
  assert.match(await reasonOf(anEvent(completed, session, { livemode: true })), /live event/);
  const foreign = anEvent(completed, session, { account: "acct_stranger" });
  assert.match(await reasonOf(foreign), /acct_stranger, which is not one of ours/);
});

test("our own account may be named in an event; a connected one is read on its behalf", async () => {
  const options = { account: "acct_own", connectedAccounts: ["acct_partner"] };
  const { simulator, orderOf } = stripeUnderTest(options);
  simulator.record(scenarioPayment("order-eur-inclusive"));
  simulator.record({ ...scenarioPayment("order-bare-payment-intent"), account: "acct_partner" });
  const own = anEvent(completed, "cs_test_a1EurIncl", { account: "acct_own" });
  assert.equal((await orderOf(own)).payment.account, undefined);
  const theirs = anEvent(succeeded, "pi_3Bare", { account: "acct_partner" });
  assert.equal((await orderOf(theirs)).payment.account, "acct_partner");
});

test("PaymentIntents of invoices, and bare ones if the shop says so, are not orders", async () => {
  const under = stripeUnderTest();
  under.simulator.record(scenarioPayment("order-bare-payment-intent"));
  const payment = { type: "payment_intent", payment_intent: "pi_3Bare" };
  const invoice = { id: "inpay_1", object: "invoice_payment", created: 1, payment };
  under.simulator.record({ id: "x", amount: 0, currency: "sek", objects: [invoice], events: [] });
  assert.match(await under.reasonOf(anEvent(succeeded, "pi_3Bare")), /invoice or a subscription/);

  const strict = stripeUnderTest({ acceptBarePaymentIntents: false });
  strict.simulator.record(scenarioPayment("order-bare-payment-intent"));
  assert.match(await strict.reasonOf(anEvent(succeeded, "pi_3Bare")), /without a Checkout/);
});
