// CN22 and CN23, with which service 91 leaves Europe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { americanOrder, aShop, swedishSender } from "./shop-for-tests.ts";

const amount = z.object({ amount: z.number(), currency: z.string() });
const formSchema = z.object({
  EORIorPersonalIdNumber: z.string(),
  categoryOfItem: z.object({ categoryType: z.array(z.string()) }),
  detailedDescription: z.array(
    z.object({
      content: z.string(),
      quantity: z.object({ value: z.number() }),
      grossWeight: z.object({ value: z.number() }),
      value: amount,
      hsTariffNumber: z.string(),
      countryCode: z.string(),
    }),
  ),
  totalGrossWeight: z.object({ value: z.number() }),
  totalValue: amount,
  postalCharges: amount,
});

type Customs = NonNullable<PostnordOptions["customs"]>;

async function sent(order: Order, change: Partial<Customs> = {}) {
  const customs = { vatNumber: "SE556677889901", eoriNumber: "SE5566778899", ...change };
  const { book, parcels } = aShop({ ...swedishSender, customs });
  const outcome = await book(order);
  assert.ok(outcome.kind === "done", "error" in outcome ? outcome.error.message : "");
  return parcels()[0]?.fields ?? {};
}

async function refused(order: Order, options: Partial<PostnordOptions> = swedishSender) {
  const { book, parcels } = aShop(options);
  const outcome = await book(order);
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.equal(parcels().length, 0);
  return { ...outcome.error.failure, message: outcome.error.message };
}

test("a parcel to America declares on CN23 what the goods cost and what the buyer paid for the way", async () => {
  const parcel = await sent(americanOrder());
  const form = formSchema.parse(parcel.cn23);
  assert.equal(parcel.customs, undefined, "one kind of papers, not two");
  assert.deepEqual(
    form.detailedDescription.map(({ quantity, value, hsTariffNumber, countryCode }) => [
      quantity.value,
      value.amount,
      hsTariffNumber,
      countryCode,
    ]),
    [
      [3, 134.73, "630392", "EE"],
      [1, 18, "630392", "EE"],
    ],
  );
  assert.deepEqual(form.totalValue, { amount: 152.73, currency: "EUR" });
  assert.deepEqual(form.postalCharges, { amount: 5.5, currency: "EUR" });
  assert.deepEqual(form.categoryOfItem.categoryType, ["SALE OF GOODS"]);
  assert.equal(form.EORIorPersonalIdNumber, "SE5566778899");
  assert.equal(form.totalGrossWeight.value, 4.95);
});

test("small values take CN22 when the shop says up to where, in the order's currency only", async () => {
  const upTo = (limit: number, currency = "EUR") => ({ cn22UpTo: { amount: limit, currency } });
  assert.notEqual((await sent(americanOrder(), upTo(152.73))).cn22, undefined);
  assert.equal((await sent(americanOrder(), upTo(152.72))).cn22, undefined);
  assert.equal((await sent(americanOrder(), upTo(4000, "SEK"))).cn22, undefined);
});

test("more lines than the form has, or no EORI number, are asked for before the booking", async () => {
  const order = americanOrder();
  const lines = Array.from({ length: 14 }, () => order.lines[1] ?? order.lines[0]).flatMap(
    (line, i) => (line ? [{ ...line, id: `li_${i}` }] : []),
  );
  const many = await refused({ ...order, lines });
  assert.equal(many.cause, "customs.missing");
  assert.match(many.message, /13 lines and the order 14/);
  const customs = { vatNumber: "SE556677889901" };
  const unknown = await refused(order, { ...swedishSender, customs });
  assert.equal(unknown.field, "customs.eoriNumber");
  const free = order.lines.map((line) => ({ ...line, total: money(0, "EUR") }));
  assert.match((await refused({ ...order, lines: free })).message, /has no value/);
});
