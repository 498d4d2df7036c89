import assert from "node:assert/strict";
import { test } from "node:test";
import { toDecimal } from "../../order/money.ts";
import { parseEvent } from "./parse-event.ts";
import type { PaymentSpec } from "./payment-spec.ts";
import { simulatedPayment } from "./payments.ts";
import { anEvent, stripeUnderTest } from "./shop-for-tests.ts";

const spec: PaymentSpec = {
  id: "Demo1",
  kind: "checkout",
  country: "SE",
  locale: "sv",
  currency: "SEK",
  vatPercent: 25,
  vatInclusive: true,
  buyer: {
    name: "Test Kund Öberg",
    company: "Example AB",
    email: "kund@example.com",
    phone: "+46701234567",
    address: { line1: "Storgatan 1", city: "Malmö", postalCode: "211 34" },
  },
  lines: [
    { description: "Gardin", sku: "CUR-1", unitAmount: 49900, quantity: 3, weightGrams: 900 },
    {
      description: "Skena",
      sku: "RAIL-2M",
      unitAmount: 19933,
      quantity: 1,
      weightGrams: 700,
      hsCode: "761699",
    },
  ],
  discountPercent: 10,
  shippingAmount: 4900,
  metadata: { shop_order: "SE-78" },
  createdAt: new Date("2026-11-18T11:06:40Z"),
};

async function ordersOf(payment: ReturnType<typeof simulatedPayment>) {
  const under = stripeUnderTest();
  under.simulator.record(payment);
  const readings = [];
  for (const { event } of payment.events) {
    const parsed = parseEvent(JSON.stringify(under.simulator.happen(event.id)));
    if (parsed.kind !== "event") throw new Error(parsed.why);
    readings.push(await under.read(parsed.event));
  }
  return readings.flatMap((reading) => (reading.kind === "order" ? [reading.order] : []));
}

test("a made-up checkout is coherent to the öre, and both its events lead to it", async () => {
  const orders = await ordersOf(simulatedPayment(spec));
  assert.equal(orders.length, 2);
  const [order] = orders;
  assert.ok(order);
  assert.deepEqual(orders[1], order);
  // 1497.00 + 199.33 less 10 %, rounded by line, and 49.00 for the parcel.
  assert.equal(toDecimal(order.total), "1575.70");
  assert.equal(toDecimal(order.tax), "315.14");
  assert.deepEqual(
    order.lines.map((line) => toDecimal(line.tax)),
    ["269.46", "35.88"],
  );
  assert.deepEqual(order.notes, []);
  assert.equal(order.buyer.company, "Example AB");
  assert.equal(order.shipTo.company, "Example AB");
  assert.equal(order.lines[1]?.hsCode, "761699");
});

test("VAT on top of the price is added by line", async () => {
  const [order] = await ordersOf(simulatedPayment({ ...spec, vatInclusive: false }));
  assert.ok(order);
  assert.equal(toDecimal(order.tax), "393.93");
  assert.equal(toDecimal(order.total), "1969.63");
  assert.deepEqual(order.notes, []);
});

for (const kind of ["checkout", "payment-intent", "free", "sepa", "thin"] as const) {
  for (const [currency, vatPercent] of [
    ["EUR", 25.5],
    ["ISK", 0],
    ["JPY", 10],
    ["KWD", 0],
  ] as const) {
    test(`a ${kind} payment in ${currency} adds up`, async () => {
      const lines = spec.lines.map((line) => ({
        ...line,
        unitAmount: line.unitAmount - (line.unitAmount % 1000),
      }));
      const made = { ...spec, kind, currency, vatPercent, lines };
      const orders = await ordersOf(simulatedPayment(made));
      assert.ok(orders.length > 0);
      for (const order of orders) {
        assert.deepEqual(order.notes, []);
        assert.equal(order.currency, currency);
        assert.deepEqual(order, orders[0]);
      }
    });
  }
}

test("a payment is the same each time it is made up", () => {
  assert.deepEqual(simulatedPayment(spec), simulatedPayment(spec));
});

test("a SEPA payment is unpaid until its second event", async () => {
  const under = stripeUnderTest();
  under.simulator.record(simulatedPayment({ ...spec, kind: "sepa" }));
  const event = anEvent("checkout.session.completed", "cs_test_Demo1");
  assert.match(await under.reasonOf(event), /Not paid yet/);
  under.simulator.happen("evt_Demo1AsyncOk");
  assert.equal(toDecimal((await under.orderOf(event)).total), "1575.70");
});
