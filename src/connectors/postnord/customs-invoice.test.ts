import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { aShop, orderTo } from "./shop-for-tests.ts";

const customs = { vatNumber: "FI01111118", eoriNumber: "FI0111111-8", voec: "2000001" };
const norway = { country: "NO", postalCode: "0155", city: "Oslo", line1: "Storgata 1" };
const declaredSchema = z.object({
  detailedDescription: z.array(
    z.object({ quantity: z.number(), itemValue: z.object({ amount: z.number() }) }),
  ),
  invoiceTotal: z.object({ amount: z.number(), currency: z.string() }),
  totalGrossWeight: z.object({ value: z.number() }),
  voec: z.string().optional(),
  seller: z.looseObject({ contacts: z.object({ name: z.string(), phoneNo: z.string() }) }),
  invoice: z.object({ shippingDate: z.string(), reasonForExportation: z.literal("1000") }),
});

function goodsTo(address: typeof norway, overrides: Partial<Order> = {}): Order {
  const { shipTo } = orderTo({ phone: "+4791234567" }, address);
  const lines = anOrder().lines.map((line) => ({
    ...line,
    hsCode: "6303.92",
    originCountry: "EE",
    tax: money(0, "EUR"),
    taxes: [],
  }));
  return anOrder({ shipTo, buyer: shipTo, lines, ...overrides });
}

async function sent(order: Order, options: Partial<PostnordOptions> = { customs }) {
  const { book, parcels } = aShop(options, () => new Date("2026-11-23T22:30:00Z"));
  const outcome = await book(order);
  assert.ok(outcome.kind === "done", "error" in outcome ? outcome.error.message : "");
  return parcels()[0]?.fields.customs;
}

async function refused(order: Order, options: Partial<PostnordOptions> = { customs }) {
  const { book, parcels } = aShop(options);
  const outcome = await book(order);
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.equal(parcels().length, 0);
  return outcome.error;
}

test("a parcel to Norway declares whole pieces whose values add up to the invoice", async () => {
  const invoice = declaredSchema.parse(await sent(goodsTo(norway)));
  // 134.73 for three curtains is 44.91 each.
  assert.deepEqual(
    invoice.detailedDescription.map(({ quantity, itemValue }) => [quantity, itemValue.amount]),
    [
      [3, 44.91],
      [1, 18],
    ],
  );
  assert.deepEqual(invoice.invoiceTotal, { amount: 152.73, currency: "EUR" });
  assert.equal(invoice.voec, "2000001");
  assert.equal(invoice.totalGrossWeight.value, 4.95);
});

test("three pieces for 10.00 have no price each, so they are declared as two kinds", async () => {
  const [line] = goodsTo(norway).lines;
  assert.ok(line);
  const order = goodsTo(norway, { lines: [{ ...line, total: money(1000, "EUR") }] });
  const invoice = declaredSchema.parse(await sent(order));
  assert.deepEqual(
    invoice.detailedDescription.map(({ quantity, itemValue }) => [quantity, itemValue.amount]),
    [
      [2, 3.33],
      [1, 3.34],
    ],
  );
});

test("the shipping date is the day in the sender's country", async () => {
  const invoice = declaredSchema.parse(await sent(goodsTo(norway)));
  assert.equal(invoice.invoice.shippingDate, "2026-11-24");
});

test("what leaves the EU's VAT area needs customs data, Åland included", async () => {
  const places = [
    norway,
    { country: "GB", postalCode: "SW1A 1AA", city: "London", line1: "Example Road 1" },
    { country: "CH", postalCode: "8001", city: "Zürich", line1: "Examplestrasse 1" },
    { country: "FI", postalCode: "22100", city: "Mariehamn", line1: "Torggatan 1" },
    { country: "AX", postalCode: "22100", city: "Mariehamn", line1: "Torggatan 1" },
    { country: "ES", postalCode: "35001", city: "Las Palmas", line1: "Calle 1" },
  ];
  for (const place of places) {
    assert.notEqual(await sent(goodsTo(place)), undefined, place.country);
  }
});

test("inside the EU's VAT area nothing is declared, nor to Northern Ireland", async () => {
  const places = [
    { country: "SE", postalCode: "11122", city: "Stockholm", line1: "Sveavägen 1" },
    { country: "GB", postalCode: "BT1 5GS", city: "Belfast", line1: "Example Road 1" },
    { country: "ES", postalCode: "28001", city: "Madrid", line1: "Calle 1" },
  ];
  for (const place of places) assert.equal(await sent(goodsTo(place)), undefined, place.country);
});

test("a line that customs could not read names itself", async () => {
  const lines = (change: object) => goodsTo(norway).lines.map((line) => ({ ...line, ...change }));
  const noCode = await refused(goodsTo(norway, { lines: lines({ hsCode: undefined }) }));
  assert.equal(noCode.failure.cause, "customs.hs_missing");
  assert.equal(noCode.failure.field, "lines.li_1.hsCode");
  assert.match(noCode.message, /"Blackout curtain 140×250" has no customs tariff code/);
  const noOrigin = await refused(goodsTo(norway, { lines: lines({ originCountry: undefined }) }));
  assert.equal(noOrigin.failure.field, "lines.li_1.originCountry");
  const free = await refused(goodsTo(norway, { lines: lines({ total: money(0, "EUR") }) }));
  assert.match(free.message, /has no value/);
});

test("customs needs the seller's VAT number and the recipient's phone", async () => {
  assert.equal((await refused(goodsTo(norway), {})).failure.cause, "customs.missing");
  const { shipTo } = orderTo({ company: "Example AS", phone: undefined }, norway);
  const error = await refused(goodsTo(norway, { shipTo, buyer: shipTo }));
  assert.equal(error.failure.cause, "address.phone_required");
});

test("the recipient pays the duties, except where the shop says that it does", async () => {
  const terms = async (change: object) => {
    const invoice = z
      .object({ invoice: z.object({ termsOfSale: z.string() }) })
      .parse(await sent(goodsTo(norway), { customs: { ...customs, ...change } }));
    return invoice.invoice.termsOfSale;
  };
  assert.equal(await terms({}), "DAP");
  assert.equal(await terms({ ddpTo: ["NO"] }), "DDP");
  assert.equal(await terms({ ddpTo: ["GB"] }), "DAP");
});

test("a sale out of the customs union needs an EORI number, and one to Åland does not", async () => {
  const { eoriNumber: _, ...without } = customs;
  const error = await refused(goodsTo(norway), { customs: without });
  assert.equal(error.failure.field, "customs.eoriNumber");
  const aland = { country: "FI", postalCode: "22100", city: "Mariehamn", line1: "Torggatan 1" };
  assert.notEqual(await sent(goodsTo(aland), { customs: without }), undefined);
});

test("a description that tells customs nothing, or that no field can hold, is never cut", async () => {
  const lines = (description: string) =>
    goodsTo(norway).lines.map((line) => ({ ...line, description }));
  const vague = await refused(goodsTo(norway, { lines: lines("Gift") }));
  assert.match(vague.message, /"Gift" does not say what the goods are/);
  const long = await refused(goodsTo(norway, { lines: lines("curtain ".repeat(150)) }));
  assert.match(long.message, /more than 1025 characters/);
});

test("the parcel's weight has its packaging in it, and the goods' net weight has not", async () => {
  const weights = z.object({
    totalNetWeight: z.object({ value: z.number() }),
    totalGrossWeight: z.object({ value: z.number() }),
  });
  const invoice = weights.parse(await sent(goodsTo(norway), { customs, packagingGrams: 250 }));
  assert.equal(invoice.totalNetWeight.value, 4.95);
  assert.equal(invoice.totalGrossWeight.value, 5.2);
});
