// Orders that leave the state: exports, VAT of others, and businesses with a VAT number.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../connector-kit/sample-order.ts";
import {
  berlin,
  decided,
  inCurrency,
  line,
  orderOf,
  seller,
  to,
  untaxed,
  vatOf,
  whyHeld,
} from "./order-for-tests.ts";

test("an export is free of VAT, keeps its price, and says so in the customer's language", () => {
  const paid = orderOf([line(10_000, 0, "0")], { locale: { tag: "sv-SE", source: "session" } });
  for (const order of [paid, untaxed()]) {
    const decision = decided(to(order, { country: "CH", postalCode: "8001", city: "Zürich" }));
    assert.deepEqual([decision.scheme, decision.territory, vatOf(decision)], ["export", "CH", [0]]);
    assert.equal(decision.total.net.minor, 10_000n);
    assert.equal(decision.exemption?.code, "VATEX-EU-G");
    assert.equal(decision.groups[0]?.category, "G");
    assert.ok(decision.customsDeclarationRequired);
  }
  const [mention] = decided(to(paid, { country: "CH", postalCode: "8001" })).mentions;
  assert.deepEqual(mention?.language, "sv");
  assert.match(mention?.text ?? "", /Momsfri export/);
  assert.match(mention?.english ?? "", /VAT exempt export of goods, Article 146/);
});

test("VAT that Stripe charged on an export holds the order: the customer gets it back, or it is no export", () => {
  const order = to(orderOf([line(10_000, 2032, "25.5")]), { country: "CH", postalCode: "8001" });
  assert.match(whyHeld(order, "AMOUNT_MISMATCH"), /25.5 % of VAT on line 1; 0 % is due/);
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
    whyHeld(to(taxed, { country, postalCode }), "AMOUNT_MISMATCH");
    const free = decided(to(orderOf([line(10_000, 0, "0")]), { country, postalCode }));
    assert.match(free.scheme, /^export/);
    assert.match(free.explanation, new RegExp(`Consumer in ${name.replace(/^the /, "(the )?")}`));
  });
}

test("VAT that is collected for another state outside the EU names the number it is declared under", () => {
  const oslo = { country: "NO", postalCode: "0150", city: "Oslo" };
  const order = inCurrency("NOK", to(untaxed(), oslo));
  const decision = decided(order, { ...seller, voecNumber: "2000001" });
  assert.deepEqual([decision.scheme, vatOf(decision)], ["voec", [2000]]);
  assert.equal(decision.groups[0]?.category, null);
  assert.deepEqual(decision.sellerTaxIds.at(-1), { type: "voec", value: "2000001" });
});

const company = { taxIds: [{ type: "eu_vat", value: "DE 123456788" }] };
const proof = {
  vatId: "DE123456788",
  requestIdentifier: "WAPIAAAATEST0001",
  consultedAt: "2026-11-23T12:00:00.000Z",
  simulated: false,
};

test("a business in another state with a verified number buys free of VAT, with the proof beside it", () => {
  const order = to(orderOf([line(10_000, 0, "0")], company), berlin);
  const decision = decided(order, seller, { result: "valid", ...proof });
  assert.deepEqual(
    [decision.scheme, decision.territory, decision.destination, decision.buyerVatId],
    ["intra-eu", "FI", "DE", "DE123456788"],
  );
  assert.deepEqual([decision.groups[0]?.category, decision.exemption?.code], ["K", "VATEX-EU-IC"]);
  assert.ok(decision.consultation?.result === "valid");
  assert.equal(decision.consultation.requestIdentifier, proof.requestIdentifier);
  assert.equal(
    decision.explanation,
    "Business in Germany, exempt intra-Community supply to a verified VAT number, 0 %.",
  );
});

test("only a yes with VIES's own number frees of VAT: invalid and unknown are held, and told apart", () => {
  const order = to(orderOf([line(10_000, 0, "0")], company), berlin);
  const { requestIdentifier: _, ...withoutProof } = proof;
  whyHeld(order, "VAT_ID_INVALID", seller, { result: "invalid", ...proof });
  whyHeld(order, "VAT_ID_INVALID", seller, { result: "malformed", vatId: "DE 123456788" });
  whyHeld(order, "VAT_ID_UNVERIFIED", seller, { result: "valid", ...withoutProof });
  whyHeld(order, "VAT_ID_UNVERIFIED", seller, { result: "not-needed" });
  whyHeld(order, "VAT_ID_UNVERIFIED");
  const other = { ...proof, vatId: "DE999999999" };
  whyHeld(order, "VAT_ID_UNVERIFIED", seller, { result: "valid", ...other });
});

test("a business that was charged VAT although it need not be is held for finance", () => {
  const order = to(orderOf([line(10_000, 1597, "19")], company), berlin);
  whyHeld(order, "AMOUNT_MISMATCH", seller, { result: "valid", ...proof });
});

test("a company without a number is a consumer to VAT, and one at home pays at home", () => {
  const buyer = { ...anOrder().buyer, company: "Example GmbH" };
  const order = to(orderOf([line(10_000, 1597, "19")], { buyer }), berlin);
  assert.equal(decided(order).scheme, "oss");
  const taxIds = [{ type: "eu_vat", value: "FI12345671" }];
  assert.equal(decided(orderOf([line(10_000, 2032, "25.5")], { taxIds })).scheme, "domestic");
});
