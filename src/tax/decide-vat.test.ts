// The VAT of an order as it was charged, to the cent; what cannot be decided is held.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../connector-kit/sample-order.ts";
import { type Money, money, sum } from "../order/money.ts";
import type { Order, OrderLine } from "../order/order.ts";
import { decideVat, inclusiveVat, type VatSettings } from "./decide-vat.ts";
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

/** To another country: the address changes, and with it every tax line. */
function orderTo(country: string, more: Partial<Order> = {}, postalCode = "10115"): Order {
  const order = anOrder();
  const address = { ...order.shipTo.address, country, postalCode };
  return { ...order, shipTo: { ...order.shipTo, address }, ...more };
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

const untaxed = (more: Partial<Order> = {}) => ({ ...orderOf([line(10_000, 0)]), ...more });

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
  const taxes = [{ ratePercent: "19", amount: eur(1597), country: "DE" }];
  const lines = [{ ...line(10_000, 1597), taxes }];
  const decision = decided(orderTo("DE", orderOf(lines, { taxSource: "lines" })));
  assert.deepEqual(
    [decision.scheme, decision.territory, decision.groups[0]?.ratePercent],
    ["oss", "DE", "19"],
  );
});
