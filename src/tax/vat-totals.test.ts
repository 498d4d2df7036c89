// Totals over many random orders: lines sum to groups, groups to totals, totals to the charge; and credits to the invoice.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Money } from "../order/money.ts";
import { type Order, type OrderLine, orderSchema } from "../order/order.ts";
import { creditOf, type VatCredit } from "./credit-of.ts";
import { decideVat } from "./decide-vat.ts";
import { berlin, eur, line, orderOf, shipping, to } from "./order-for-tests.ts";
import { priceGroups } from "./price-groups.ts";
import { apportioned } from "./sale.ts";
import { exclusiveVat, inclusiveVat, shareExclusiveVat, shareInclusiveVat } from "./vat-amount.ts";
import type { VatDecision } from "./vat-decision.ts";

const seller = { country: "FI", isInOss: true } as const;
const kinds = { standard: "19", book_printed: "7", foodstuff: "7" } as const;
const kind = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]));
const price = fc.nat(200_000);
const bought = fc.array(fc.tuple(price, kind), { minLength: 1, maxLength: 5 });
const rate = fc.constantFrom("0", "2.1", "5.5", "7", "9.5", "13.5", "19", "24", "25.5", "27");
const amounts = fc.array(fc.integer({ min: -100_000, max: 1_000_000 }), {
  minLength: 1,
  maxLength: 6,
});

const total = (all: readonly Money[]) => all.reduce((sum, { minor }) => sum + minor, 0n);

function decided(order: Order): VatDecision {
  const result = decideVat(order, seller, "Europe/Helsinki");
  assert.ok(result.kind === "decided", result.kind === "held" ? result.why : "");
  const { decision } = result;
  for (const field of ["net", "vat", "gross"] as const) {
    const sums = [decision.lines, decision.groups].map((all) =>
      total(all.map((one) => one[field])),
    );
    assert.deepEqual(sums, [decision.total[field].minor, decision.total[field].minor]);
  }
  for (const { net, vat, gross } of [...decision.lines, ...decision.groups]) {
    assert.equal(net.minor + vat.minor, gross.minor);
  }
  assert.equal(decision.total.gross.minor, order.total.minor, "the charge");
  return decision;
}

test("a group's VAT on its lines is the group's to the cent, and each line is within a cent of its own", () => {
  fc.assert(
    fc.property(amounts, rate, fc.boolean(), (all, percent, isNet) => {
      const lines = all.map(eur);
      const one = isNet ? exclusiveVat : inclusiveVat;
      const shares = (isNet ? shareExclusiveVat : shareInclusiveVat)(lines, percent);
      assert.equal(total(shares), one(eur(total(lines)), percent).minor);
      for (const [i, share] of shares.entries()) {
        const off = share.minor - one(lines[i] ?? eur(0), percent).minor;
        assert.ok(off >= -1n && off <= 1n);
      }
    }),
    { numRuns: 15_000 },
  );
});

test("coupon and shipping over any lines: what was charged is what the groups come to", () => {
  fc.assert(
    fc.property(bought, price, fc.nat(100), fc.boolean(), (items, post, percentOff, isNet) => {
      const values = items.map(([gross, category]) => ({
        ...{ category, quantity: 1, value: eur(gross + 1) },
      }));
      const goods = total(values.map(({ value }) => value));
      const coupon = (goods * BigInt(percentOff)) / 100n;
      const lines = apportioned(values, eur(coupon), eur(post)) ?? assert.fail("it has a value");
      const sale = { lines, currency: "EUR", taxPoint: "2026-11-16", isNetPriced: isNet };
      const priced = priceGroups(sale, "DE");
      assert.ok(priced.kind === "priced");
      const charged = goods - coupon + BigInt(post);
      assert.equal((isNet ? priced.net : priced.gross).minor, charged);
      assert.equal(priced.net.minor + priced.vat.minor, priced.gross.minor);
      for (const field of ["net", "vat", "gross"] as const) {
        assert.equal(total(priced.groups.map((group) => group[field])), priced[field].minor);
      }
    }),
    { numRuns: 10_000 },
  );
});

const linesOf = (items: readonly (readonly [number, keyof typeof kinds])[], taxed: boolean) =>
  items.map(([gross, category]): OrderLine => {
    const percent = kinds[category];
    const vat = taxed ? Number(inclusiveVat(eur(gross), percent).minor) : 0;
    return line(gross, vat, taxed ? percent : undefined, category);
  });

test("an order on which nobody worked out VAT is decided to the cent, shipping and all", () => {
  fc.assert(
    fc.property(bought, price, (items, post) => {
      const [[first, kindOfFirst] = [0, "standard"] as const, ...rest] = items;
      const lines = linesOf([[first + 1, kindOfFirst], ...rest], false);
      decided(to(orderOf(lines, { shipping: shipping(post, 0), taxSource: "none" }), berlin));
    }),
    { numRuns: 6_000 },
  );
});

test("an order that Stripe taxed line by line is decided with Stripe's cents, and a cent more holds it", () => {
  fc.assert(
    fc.property(bought, (items) => {
      const order = to(orderOf(linesOf(items, true)), berlin);
      assert.equal(decided(order).total.vat.minor, order.tax.minor);
      const [first, ...rest] = order.lines;
      if (!first || rest.length > 0 || first.total.minor === 0n) return;
      const tax = eur(first.tax.minor + 1n);
      const taxes = first.taxes.map((one) => ({ ...one, amount: tax }));
      const wrong = { ...order, lines: [{ ...first, tax, taxes }], tax };
      assert.equal(decideVat(wrong, seller, "Europe/Helsinki").kind, "held");
    }),
    { numRuns: 6_000 },
  );
});

test("however an invoice is given back, piece by piece, the credits are the invoice to the cent", () => {
  const pieces = fc.array(fc.nat(1000), { maxLength: 4 });
  fc.assert(
    fc.property(bought, pieces, (items, parts) => {
      const order = orderOf(linesOf(items, false), { taxSource: "none" });
      const invoice = decided(to(order, berlin));
      const credits: VatCredit[] = [];
      let left = invoice.total.gross.minor;
      for (const part of parts) {
        const piece = (left * BigInt(part)) / 1000n;
        credits.push(creditOf(invoice, eur(piece), credits));
        left -= piece;
      }
      credits.push(creditOf(invoice, eur(left), credits));
      for (const [i, group] of invoice.groups.entries()) {
        for (const field of ["net", "vat", "gross"] as const) {
          const all = credits.reduce((sum, one) => sum + (one.groups[i]?.[field].minor ?? 0n), 0n);
          assert.equal(all, group[field].minor, `${group.ratePercent} % ${field}`);
        }
      }
    }),
    { numRuns: 4_000 },
  );
});

test("the builder of these orders makes orders", () => {
  assert.ok(orderSchema.safeParse(orderOf(linesOf([[100, "standard"]], true))).success);
});
