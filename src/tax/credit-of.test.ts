import assert from "node:assert/strict";
import { test } from "node:test";
import { money } from "../order/money.ts";
import { creditOf, type VatCredit } from "./credit-of.ts";
import { decideVat } from "./decide-vat.ts";
import { berlin, eur, line, orderOf, shipping, to } from "./order-for-tests.ts";

const goods = [line(7500, 0), line(2500, 0, undefined, "book_printed")];
const sold = decideVat(
  to(orderOf(goods, { shipping: shipping(1000, 0), taxSource: "none" }), berlin),
  { country: "FI", isInOss: true },
  "Europe/Helsinki",
);
assert.ok(sold.kind === "decided");
const invoice = sold.decision;

const figures = ({ groups }: VatCredit) =>
  groups.map(({ ratePercent, net, vat }) => [ratePercent, Number(net.minor), Number(vat.minor)]);

test("a full refund mirrors the invoice to the cent, rate by rate", () => {
  const credit = creditOf(invoice, eur(11_000));
  assert.deepEqual(credit.groups, invoice.groups);
  assert.deepEqual(credit.total, invoice.total);
});

test("a part is taken from every rate by what was paid for it, and two halves make the whole", () => {
  const half = creditOf(invoice, eur(5500));
  assert.deepEqual(figures(half), [
    ["19", 3466, 659],
    ["7", 1285, 90],
  ]);
  const rest = creditOf(invoice, eur(5500), [half]);
  assert.deepEqual(figures(rest), [
    ["19", 3467, 658],
    ["7", 1285, 90],
  ]);
});

test("a hundred refunds of a cent give back a hundred cents of the right VAT, and no roundings besides", () => {
  const credits: VatCredit[] = [];
  for (let i = 0; i < 100; i++) credits.push(creditOf(invoice, eur(1), credits));
  const rest = creditOf(invoice, eur(11_000 - 100), credits);
  const vat = [...credits, rest].reduce((all, { total }) => all + total.vat.minor, 0n);
  assert.equal(vat, invoice.total.vat.minor);
});

test("more than is left, less than nothing and other money are refused", () => {
  const half = creditOf(invoice, eur(5500));
  assert.throws(
    () => creditOf(invoice, eur(5501), [half]),
    /5501 EUR cannot be given back of 5500/,
  );
  assert.throws(() => creditOf(invoice, eur(-1)), RangeError);
  assert.throws(() => creditOf(invoice, money(1, "SEK")), RangeError);
});

test("nothing given back is a credit of nothing", () => {
  assert.equal(creditOf(invoice, eur(0)).total.gross.minor, 0n);
});
