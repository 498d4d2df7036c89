// The VAT of an order as it was charged, to the cent; what cannot be decided is held.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { anOrder } from "../connector-kit/sample-order.ts";
import { type Money, money, sum } from "../order/money.ts";
import type { Order, OrderLine } from "../order/order.ts";
import { decideVat, type VatSettings } from "./decide-vat.ts";
import { inclusiveVat } from "./vat-amount.ts";
import type { VatDecision } from "./vat-decision.ts";

const seller: VatSettings = { country: "FI", isInOss: true, rates: { FI: "25.5", DE: "19" } };
const eur = (minor: number | bigint) => money(minor, "EUR");

function decided(order: Order, settings = seller): VatDecision {
  const result = decideVat(order, settings);
  assert.equal(result.kind, "decided", result.kind === "held" ? result.why : "");
  if (result.kind !== "decided") throw new Error("unreachable");
  const { decision } = result;
  const total = (amounts: readonly Money[]) => sum(amounts, order.currency).minor;
  for (const parts of [decision.lines, decision.groups]) {
    assert.equal(total(parts.map((part) => part.gross)), order.total.minor, "gross to the cent");
  }
  assert.equal(
    total(decision.lines.map((line) => line.vat)),
    total(decision.groups.map((group) => group.vat)),
  );
  for (const { net, vat, gross } of decision.groups) {
    assert.equal(net.minor + vat.minor, gross.minor);
  }
  return decision;
}

function whyHeld(order: Order, settings = seller): string {
  const result = decideVat(order, settings);
  assert.equal(result.kind, "held");
  return result.kind === "held" ? result.why : "";
}

const vatOf = (decision: VatDecision) => decision.lines.map((line) => Number(line.vat.minor));

function to(country: string, order: Order, postalCode = "10115"): Order {
  const address = { ...order.shipTo.address, country, postalCode };
  return { ...order, shipTo: { ...order.shipTo, address } };
}

/** One line, VAT inside; `percent` undefined means that Stripe gave no rate. */
function line(gross: number, vat: number, percent?: string): OrderLine {
  return {
    id: `li_${gross}_${vat}`,
    description: "Curtain",
    quantity: 1,
    subtotal: eur(gross),
    discount: eur(0),
    tax: eur(vat),
    total: eur(gross),
    taxes: percent === undefined ? [] : [{ ratePercent: percent, amount: eur(vat) }],
  };
}

function orderOf(lines: readonly OrderLine[], more: Partial<Order> = {}): Order {
  const total = sum(
    lines.map((one) => one.total),
    "EUR",
  );
  const tax = sum(
    lines.map((one) => one.tax),
    "EUR",
  );
  return anOrder({ lines, shipping: undefined, discount: eur(0), total, tax, ...more });
}

const untaxed = (more: Partial<Order> = {}) =>
  orderOf([line(10_000, 0)], { taxSource: "none", ...more });

test("a discounted order with shipping, sold at home, is 25.5 % VAT to the cent", () => {
  const order = anOrder();
  const decision = decided(order);
  assert.equal(decision.scheme, "domestic");
  assert.equal(decision.territory, "FI");
  assert.deepEqual(vatOf(decision), [2738, 366, 140]);
  const [group, ...others] = decision.groups;
  assert.deepEqual(others, []);
  assert.equal(group?.ratePercent, "25.5");
  assert.equal(group?.vat.minor, order.tax.minor);
  assert.equal(group?.net.minor, 12719n);
  assert.equal(decision.explanation, "domestic sale in FI, 25.5 %");
});

test("two rates on two lines are two groups, each to the cent", () => {
  const decision = decided(orderOf([line(12550, 2550, "25.5"), line(11350, 1350, "13.5")]));
  assert.deepEqual(
    decision.groups.map(({ ratePercent, net }) => [ratePercent, net.minor]),
    [
      ["25.5", 10000n],
      ["13.5", 10000n],
    ],
  );
  assert.match(decision.explanation, /25.5 % and 13.5 %/);
});

test("a consumer abroad is a distance sale under OSS at the rate that Stripe states", () => {
  const decision = decided(to("DE", orderOf([line(10_000, 1597, "19")])));
  assert.deepEqual(
    [decision.scheme, decision.territory, decision.groups[0]?.ratePercent],
    ["oss", "DE", "19"],
  );
  assert.equal(decision.explanation, "distance sale to DE under OSS, 19 %");
});

test("a consumer abroad who was charged no VAT is held, not sold to at 0 %", () => {
  const order = to("DE", orderOf([line(10_000, 0, "0")]));
  assert.match(whyHeld(order), /charged no VAT on a sale to a consumer in DE/);
});

test("without the One Stop Shop a sale abroad is held", () => {
  const order = to("DE", orderOf([line(10_000, 1597, "19")]));
  assert.match(whyHeld(order, { ...seller, isInOss: false }), /needs the One Stop Shop/);
});

test("VAT that is known only as a sum is spread over lines and shipping to the cent", () => {
  const lines = [line(3333, 0), line(3333, 0), line(3333, 0)];
  const shipping = { description: "Post", tax: eur(0), total: eur(1), taxes: [] };
  const total = eur(10_000);
  const order = orderOf(lines, { shipping, total, tax: eur(2032), taxSource: "sum" });
  const decision = decided(order);
  assert.equal(
    vatOf(decision).reduce((a, b) => a + b),
    2032,
  );
  assert.deepEqual(vatOf(decision), [678, 677, 677, 0]);
  assert.equal(decision.groups[0]?.ratePercent, "25.5");
});

test("a sum that is not the configured rate is held: which rate it was is not guessed", () => {
  const order = orderOf([line(10_000, 1200)], { taxSource: "sum" });
  assert.match(whyHeld(order), /not 25.5 % for FI/);
});

test("when nobody worked out the VAT, the configured rate is inside the price", () => {
  const decision = decided(untaxed());
  assert.deepEqual(vatOf(decision), [2032]);
  assert.equal(decision.groups[0]?.net.minor, 7968n);
});

test("when nobody worked out the VAT and no rate is configured, the order is held", () => {
  assert.match(whyHeld(to("SE", untaxed(), "21134")), /none is configured for SE/);
  assert.match(whyHeld(untaxed(), { ...seller, rates: {} }), /none is configured for FI/);
});

test("an export is free of VAT when the payment says so, and held when it does not", () => {
  const free = orderOf([line(10_000, 0, "0")]);
  const decision = decided(to("NO", free, "0150"));
  assert.deepEqual([decision.scheme, decision.territory, vatOf(decision)], ["export", "NO", [0]]);
  assert.match(whyHeld(to("NO", orderOf([line(10_000, 2032, "25.5")]), "0150")), /free of VAT/);
  assert.match(whyHeld(to("NO", untaxed(), "0150")), /does not say that it is free of VAT/);
  assert.match(whyHeld(to("GB", untaxed(), "SW1A 1AA")), /outside the EU/);
});

const islands: readonly (readonly [name: string, country: string, postalCode: string])[] = [
  ["Åland", "FI", "22100"],
  ["the Canary Islands", "ES", "35001"],
  ["Heligoland", "DE", "27498"],
  ["Livigno", "IT", "23041"],
  ["Mount Athos", "GR", "630 86"],
  ["Réunion", "FR", "97400"],
];

for (const [name, country, postalCode] of islands) {
  test(`${name} is outside the VAT area: neither a domestic sale nor a distance sale`, () => {
    const taxed = orderOf([line(10_000, 2032, "25.5")]);
    assert.match(whyHeld(to(country, taxed, postalCode)), /outside the EU's VAT area/);
    const free = orderOf([line(10_000, 0, "0")]);
    assert.equal(decided(to(country, free, postalCode)).scheme, "export");
  });
}

test("Helsinki is at home although Åland is not", () => {
  assert.equal(decided(to("FI", anOrder(), "00100")).scheme, "domestic");
});

test("two VAT rates on one line are held", () => {
  const taxes = [
    { ratePercent: "25.5", amount: eur(1000) },
    { ratePercent: "13.5", amount: eur(500) },
  ];
  const order = orderOf([{ ...line(10_000, 1500), taxes }]);
  assert.match(whyHeld(order), /two VAT rates/);
});

test("a business abroad that bought without VAT is held: nobody verified its number", () => {
  const taxIds = [{ type: "eu_vat", value: "DE123456789" }];
  const order = to("DE", orderOf([line(10_000, 0, "0")], { taxIds }));
  assert.match(whyHeld(order), /VAT number is not verified/);
});

test("an order that cost nothing has no VAT, at home and under OSS", () => {
  const free = orderOf([line(0, 0)], { taxSource: "none" });
  assert.deepEqual(vatOf(decided(free)), [0]);
  assert.deepEqual(vatOf(decided(to("DE", free))), [0]);
  assert.deepEqual(vatOf(decided(orderOf([line(0, 0, "25.5"), line(0, 0, "25.5")]))), [0, 0]);
});

test("an order to nowhere is held", () => {
  const order = anOrder();
  const nowhere = { ...order, shipTo: { name: "Example Buyer" } };
  assert.match(whyHeld(nowhere), /country of delivery is not known/);
});

test("a line that gives money back is held when only a sum is known", () => {
  const lines = [line(12_000, 0), line(-2_000, 0)];
  assert.match(whyHeld(orderOf(lines, { tax: eur(2032), taxSource: "sum" })), /below zero/);
});

test("VAT that stands on a line without a rate is held, not called 0 %", () => {
  const lines = [line(10_000, 2032, "25.5"), line(5_000, 1016)];
  assert.match(whyHeld(orderOf(lines)), /gave no rate/);
});

test("lines whose VAT is not what the payment says are held", () => {
  const lines = [line(10_000, 2032, "25.5")];
  assert.match(whyHeld(orderOf(lines, { tax: eur(2033) })), /VAT of the lines/);
});

test("the VAT inside a price is rounded half away from zero", () => {
  for (const [gross, percent, vat] of [
    [12550, "25.5", 2550],
    [1, "25.5", 0],
    [3, "25.5", 1],
    [10_000, "19", 1597],
    [10_000, "0", 0],
    [-12550, "25.5", -2550],
    [10_000, "13.5", 1189],
  ] as const) {
    assert.equal(inclusiveVat(eur(gross), percent).minor, BigInt(vat), `${gross} ${percent}`);
  }
});

const grosses = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 12 });
const rates = fc.constantFrom("0", "10", "13.5", "25.5");

test("whatever is bought at whatever rates, groups and lines add up to what was paid and taxed", () => {
  const charged = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000_000 }), rates), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(charged, (bought) => {
      const vat = (gross: number, percent: string) =>
        Number(inclusiveVat(eur(gross), percent).minor);
      const order = orderOf(bought.map(([gross, rate]) => line(gross, vat(gross, rate), rate)));
      const { groups } = decided(order);
      assert.equal(
        groups.reduce((all, group) => all + group.vat.minor, 0n),
        order.tax.minor,
      );
      assert.equal(groups.length, new Set(bought.map(([, rate]) => rate)).size);
    }),
    { numRuns: 200 },
  );
});

test("a sum of VAT at the configured rate is always spread, and never loses or finds a cent", () => {
  fc.assert(
    fc.property(grosses, (bought) => {
      const total = bought.reduce((a, b) => a + b);
      const tax = inclusiveVat(eur(total), "25.5");
      const lines = bought.map((gross) => line(gross, 0));
      const decision = decided(orderOf(lines, { tax, taxSource: "sum" }));
      assert.equal(
        decision.groups.reduce((all, group) => all + group.vat.minor, 0n),
        tax.minor,
      );
    }),
    { numRuns: 200 },
  );
});
