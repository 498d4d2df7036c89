import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import { ciiXml } from "./cii.ts";
import type { InvoiceContent } from "./invoice-content.ts";
import { judgeByOfficialRules } from "./official-rules.ts";
import { contentOf, decisionOf, ofTwoRates, toGermany, toNorway } from "./shop-for-tests.ts";
import { ublXml } from "./ubl.ts";

const write = { ubl: ublXml, cii: ciiXml };

/** VAT in Swedish crowns of a seller who keeps its books in euros: Art. 230. */
function inCrowns(): InvoiceContent {
  const crowns = (minor: number) => money(minor, "SEK");
  const [line] = anOrder().lines;
  if (!line) throw new Error("The sample order has lines.");
  const price = { subtotal: crowns(50_000), discount: crowns(0), tax: crowns(10_000) };
  const lines = [{ ...line, quantity: 1, ...price, total: crowns(50_000), taxes: [] }];
  const sums = { currency: "SEK", total: crowns(50_000), discount: crowns(0), tax: crowns(10_000) };
  const order = { ...anOrder({ lines, ...sums }), shipping: undefined };
  const vat = decisionOf(order, [10_000], { ratePercent: "25", category: "S" });
  const year = { from: "2026-01-01", until: "2026-12-31" };
  return contentOf({ order, vat }, "invoice", {
    exchangeRates: [{ currency: "SEK", ...year, rate: "0.0871", source: "ECB" }],
  });
}

const documents: Readonly<Record<string, () => InvoiceContent>> = {
  "at home, 25.5 %": () => contentOf(),
  "of two rates, with a gift card and shared shipping": () => contentOf(ofTwoRates()),
  "to a business in Germany, category K": () => contentOf(toGermany()),
  "exported to Norway, category G": () => contentOf(toNorway()),
  "credited, category S": () => contentOf(ofTwoRates(), "credit-note"),
  "credited, category K": () => contentOf(toGermany(), "credit-note"),
  "in crowns, its VAT in euros too": inCrowns,
};

for (const [name, content] of Object.entries(documents)) {
  for (const syntax of ["ubl", "cii"] as const) {
    test(`the official rules have nothing against an invoice ${name}, as ${syntax}`, () => {
      const { fired, failed } = judgeByOfficialRules(syntax, write[syntax](content()));
      assert.deepEqual(failed, []);
      assert.ok(fired >= 50, `${fired} rules fired`);
    });
  }
}

test("Article 230: the VAT stands in the seller's own currency as well, to the cent", () => {
  const { ownCurrency } = inCrowns();
  assert.deepEqual(ownCurrency?.vat, money(871, "EUR"));
  assert.match(ublXml(inCrowns()), /<cbc:TaxAmount currencyID="EUR">8\.71</);
  assert.match(ciiXml(inCrowns()), /<ram:TaxTotalAmount currencyID="EUR">8\.71</);
});

/** What is broken, how, and which rule has to say so: without these a silent judge would look like a good invoice. */
const broken: readonly [string, "ubl" | "cii", RegExp, string, string][] = [
  ["no number", "ubl", /<cbc:ID>2026-00001<\/cbc:ID>/, "", "BR-02"],
  ["a total that is a euro too much", "ubl", /(TaxInclusiveAmount[^>]*>)159/, "$1160", "BR-CO-15"],
  [
    "no VAT number of the seller",
    "ubl",
    /<cac:PartyTaxScheme>[\s\S]*?<\/cac:PartyTaxScheme>/,
    "",
    "BR-S-02",
  ],
  ["a currency that there is not", "ubl", /(DocumentCurrencyCode>)EUR/, "$1EUX", "BR-CL-04"],
  ["lines that are not the sum", "cii", /(<ram:LineTotalAmount>)107/, "$1109", "BR-CO-10"],
  ["something to pay although it was paid", "cii", /(DuePayableAmount>)0/, "$17", "BR-CO-16"],
  ["no country of the seller", "cii", /<ram:CountryID>FI<\/ram:CountryID>/, "", "BR-09"],
];

for (const [what, syntax, part, instead, rule] of broken) {
  test(`the official rules refuse an invoice with ${what}: ${rule}`, () => {
    const xml = write[syntax](contentOf());
    const spoilt = xml.replace(part, instead);
    assert.notEqual(spoilt, xml, "something was broken");
    const { failed } = judgeByOfficialRules(syntax, spoilt);
    assert.ok(failed.includes(rule), failed.join(", "));
  });
}

test("an exemption without its reason, and a document that is no invoice, are told", () => {
  const content = contentOf(toGermany());
  const { exemptionCode, ...without } = content;
  const { failed } = judgeByOfficialRules("ubl", ublXml({ ...without, mentions: [] }));
  assert.ok(failed.includes("BR-IC-10"), failed.join(", "));
  assert.ok(exemptionCode);
  assert.equal(judgeByOfficialRules("ubl", "<a/>").fired, 0);
});
