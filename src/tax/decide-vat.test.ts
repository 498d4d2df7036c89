// The VAT of an order as it was charged, to the cent; what cannot be decided is held.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../connector-kit/sample-order.ts";
import {
  berlin,
  decided,
  eur,
  line,
  orderOf,
  seller,
  shipping,
  to,
  untaxed,
  vatOf,
  whyHeld,
} from "./order-for-tests.ts";

test("a discounted order with shipping, sold at home, is 25.5 % VAT to the cent, as Stripe rounded it", () => {
  const decision = decided(anOrder());
  assert.deepEqual(
    [decision.scheme, decision.territory, decision.rounding],
    ["domestic", "FI", "line"],
  );
  assert.deepEqual(vatOf(decision), [2738, 366, 140]);
  assert.deepEqual(
    decision.lines.map(({ of }) => of),
    [0, 1, "shipping"],
  );
  const [group, ...others] = decision.groups;
  assert.deepEqual(others, []);
  assert.deepEqual([group?.category, group?.ratePercent, group?.net.minor], ["S", "25.5", 12719n]);
  assert.equal(decision.explanation, "Consumer in Finland, domestic sale, 25.5 %.");
  assert.deepEqual(decision.sellerTaxIds, [{ type: "vat", value: "FI12345671" }]);
});

test("a shop that rounds once a rate holds what Stripe rounded line by line", () => {
  const why = whyHeld(anOrder(), "AMOUNT_MISMATCH", { ...seller, rounding: "group" });
  assert.match(why, /Stripe charged 32.44 EUR of VAT where 32.43 \(25.5 % in 159.63\) is due/);
});

test("one cent more or less of VAT than is due holds the order", () => {
  for (const vat of [2031, 2033, 2032 + 100]) {
    whyHeld(orderOf([line(10_000, vat, "25.5")]), "AMOUNT_MISMATCH");
  }
  assert.deepEqual(vatOf(decided(orderOf([line(10_000, 2032, "25.5")]))), [2032]);
});

test("prices without VAT are taxed on top, and a cent of difference is seen there too", () => {
  const net = (vat: number) => ({ ...line(1089 + vat, vat, "25.5"), subtotal: eur(1089) });
  assert.deepEqual(vatOf(decided(orderOf([net(278)]))), [278]);
  whyHeld(orderOf([net(277)]), "AMOUNT_MISMATCH");
  // Taken out of 13.02 VAT is 2.65; on top of 10.37 it is 2.64.
  const onTop = { ...line(1302, 265, "25.5"), subtotal: eur(1037) };
  whyHeld(orderOf([onTop]), "AMOUNT_MISMATCH");
  decided(orderOf([line(1302, 265, "25.5")]));
});

test("two rates on two lines are two groups, and shipping is shared between them by what was paid", () => {
  const goods = [line(7500, 0, undefined), line(2500, 0, undefined, "book_printed")];
  const order = orderOf(goods, { shipping: shipping(1000, 0), taxSource: "none" });
  const decision = decided(to(order, { country: "DE", postalCode: "80331", city: "München" }));
  assert.deepEqual(
    decision.groups.map(({ ratePercent, net, vat }) => [ratePercent, net.minor, vat.minor]),
    [
      ["19", 6933n, 1317n],
      ["7", 2570n, 180n],
    ],
  );
  assert.deepEqual(
    decision.lines.map(({ of }) => of),
    [0, 1, "shipping", "shipping"],
  );
  assert.equal(decision.explanation, "Consumer in Germany, distance sale under OSS, 19 % and 7 %.");
});

test("another rate than the goods have holds the order, and says where to tell what they are", () => {
  const book = orderOf([line(10_000, 654, "7")]);
  const why = whyHeld(to(book, berlin), "AMOUNT_MISMATCH");
  assert.match(why, /Stripe charged 7 % of VAT on line 1; 19 % is due.*vat_category/);
  const known = orderOf([line(10_000, 654, "7", "book_printed")]);
  assert.equal(decided(to(known, berlin)).groups[0]?.ratePercent, "7");
  const bySku = { ...seller, goods: { bySku: { B1: "book_printed" } } } as const;
  const withSku = orderOf([{ ...line(10_000, 654, "7"), sku: "B1" }]);
  assert.equal(decided(to(withSku, berlin), bySku).groups[0]?.ratePercent, "7");
  whyHeld(orderOf([line(10_000, 2032, "25.5", "spaceship")]), "OUT_OF_SCOPE");
});

test("a consumer abroad who was charged no VAT is held, not sold to at 0 %", () => {
  const why = whyHeld(to(orderOf([line(10_000, 0, "0")]), berlin), "AMOUNT_MISMATCH");
  assert.match(why, /charged 0.00 EUR of VAT where 15.97/);
});

test("without the One Stop Shop a sale abroad is held", () => {
  const order = to(orderOf([line(10_000, 1597, "19")]), berlin);
  whyHeld(order, "OSS_REGISTRATION_MISSING", { ...seller, isInOss: false });
});

test("a small shop taxes at home for as long as its own figures are fresh", () => {
  const order = to(untaxed(), berlin);
  const small = (asOf: string) => ({
    ...{ ...seller, isInOss: false },
    distanceSales: { previousYear: "4000.00", thisYear: "2500.00", asOf },
  });
  const decision = decided(order, small("2026-11-01"));
  assert.deepEqual(
    [decision.scheme, decision.territory, vatOf(decision)],
    ["under-threshold", "FI", [2032]],
  );
  whyHeld(order, "OSS_REGISTRATION_MISSING", small("2026-10-01"));
  whyHeld(order, "OSS_REGISTRATION_MISSING", small("2026-11-30"));
});

test("VAT that is known only as a sum is spread over lines and shipping to the cent", () => {
  const lines = [line(3333, 0), line(3333, 0), line(3333, 0)];
  const order = orderOf(lines, { shipping: shipping(1, 0), tax: eur(2032), taxSource: "sum" });
  const decision = decided(order);
  assert.deepEqual(vatOf(decision), [678, 677, 677, 0]);
  assert.equal(decision.groups[0]?.ratePercent, "25.5");
  const rounded = decided(orderOf(lines, { tax: eur(2031), taxSource: "sum" }));
  assert.equal(rounded.rounding, "line", "3 x 6.77");
});

test("a sum on top of prices without VAT is shared out by rates, not by the spreading of its reader", () => {
  const lines = [line(10_000 + 1300, 1300), line(10_000 + 1300, 1300, undefined, "book_printed")];
  const order = to(orderOf(lines, { taxSource: "sum" }), berlin);
  assert.deepEqual(
    decided(order).groups.map(({ net, vat }) => [net.minor, vat.minor]),
    [
      [10_000n, 1900n],
      [10_000n, 700n],
    ],
  );
});

test("a sum that is not the rate that is due is held: which rate it was is not guessed", () => {
  whyHeld(orderOf([line(10_000, 1200)], { taxSource: "sum" }), "AMOUNT_MISMATCH");
});

test("when nobody worked out the VAT, the rate of the day of payment is inside the price", () => {
  assert.deepEqual(vatOf(decided(untaxed())), [2032]);
  const estonian = (paidAt: string) =>
    decided(to(untaxed({ paidAt }), { country: "EE", postalCode: "10111" }));
  assert.equal(estonian("2025-06-30T20:59:59Z").groups[0]?.ratePercent, "22");
  const night = estonian("2025-06-30T21:00:00Z");
  assert.deepEqual([night.groups[0]?.ratePercent, night.taxPoint], ["24", "2025-07-01"]);
});

test("an order that cost nothing has no VAT, at home and under OSS", () => {
  const free = orderOf([line(0, 0)], { taxSource: "none" });
  assert.deepEqual(vatOf(decided(free)), [0]);
  assert.deepEqual(vatOf(decided(to(free, berlin))), [0]);
  assert.deepEqual(vatOf(decided(orderOf([line(0, 0, "25.5"), line(0, 0, "25.5")]))), [0, 0]);
});

test("a line that gives money back has VAT below zero, half away from zero", () => {
  const lines = [line(12_000, 2438, "25.5"), line(-2_000, -406, "25.5")];
  assert.deepEqual(vatOf(decided(orderOf(lines))), [2438, -406]);
});

test("an order to nowhere is held", () => {
  const nowhere = { ...anOrder(), shipTo: { name: "Example Buyer" } };
  whyHeld(nowhere, "TERRITORY_UNKNOWN");
});

test("VAT that stands on a line without a rate counts as it is", () => {
  const lines = [line(10_000, 2032, "25.5"), line(5_000, 1016)];
  assert.deepEqual(vatOf(decided(orderOf(lines))), [2032, 1016]);
});

test("lines whose VAT is not what the payment says are held", () => {
  const lines = [line(10_000, 2032, "25.5")];
  const why = whyHeld(orderOf(lines, { tax: eur(2033) }), "AMOUNT_MISMATCH");
  assert.match(why, /by line sums to 20.32, and in total it states 20.33/);
});
