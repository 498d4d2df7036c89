import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { ActionError } from "../../connector-kit/action-error.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { fromDecimal, money } from "../../order/money.ts";
import { invoiceVat } from "./amounts-for-tests.ts";
import { ciiXml } from "./cii.ts";
import { unitPrice } from "./content-lines.ts";
import type { InvoiceContent } from "./invoice-content.ts";
import { readSettings, seriesOf } from "./options.ts";
import { aVatDecision, contentOf, eur, ofTwoRates, options, toGermany } from "./shop-for-tests.ts";
import { ublXml } from "./ubl.ts";

const isList = (name: string) =>
  /Line$|LineItem$|TaxSubtotal$|ApplicableTradeTax$/.test(name) && name !== "LegalMonetaryTotal";
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: isList,
});

// biome-ignore lint/suspicious/noExplicitAny: any document may stand in an XML.
type Parsed = any;
const cents = (text: unknown) => fromDecimal(String(text), "EUR").minor;
const total = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);

/** Every sum of both e-invoices, to the cent: the official rules let errors below one unit pass. */
function assertAddsUp(content: InvoiceContent): void {
  const root = content.kind === "invoice" ? "Invoice" : "CreditNote";
  const ubl: Parsed = parser.parse(ublXml(content))[root];
  const lines: Parsed[] = ubl[`${root}Line`];
  const groups: Parsed[] = ubl.TaxTotal.TaxSubtotal;
  const sums = ubl.LegalMonetaryTotal;
  const net = cents(sums.TaxExclusiveAmount);
  const vat = cents(ubl.TaxTotal.TaxAmount);
  const gross = cents(sums.TaxInclusiveAmount);
  assert.equal(total(lines.map((line) => cents(line.LineExtensionAmount))), net);
  assert.equal(total(groups.map((group) => cents(group.TaxableAmount))), net);
  assert.equal(total(groups.map((group) => cents(group.TaxAmount))), vat);
  assert.equal(net + vat, gross);
  assert.equal(cents(sums.PrepaidAmount), gross, "all of it was paid");
  assert.equal(cents(sums.PayableAmount), 0n, "nothing is left to pay");
  for (const group of groups) {
    const own = lines.filter(
      ({ Item }) => Item.ClassifiedTaxCategory.Percent === group.TaxCategory.Percent,
    );
    const nets = total(own.map((line) => cents(line.LineExtensionAmount)));
    assert.equal(nets, cents(group.TaxableAmount), `${group.TaxCategory.Percent} %`);
  }

  const cii: Parsed = parser.parse(ciiXml(content)).CrossIndustryInvoice
    .SupplyChainTradeTransaction;
  const settlement = cii.ApplicableHeaderTradeSettlement;
  const header = settlement.SpecifiedTradeSettlementHeaderMonetarySummation;
  const items: Parsed[] = cii.IncludedSupplyChainTradeLineItem;
  const lineNet = (item: Parsed) =>
    item.SpecifiedLineTradeSettlement.SpecifiedTradeSettlementLineMonetarySummation.LineTotalAmount;
  assert.equal(total(items.map((item) => cents(lineNet(item)))), net);
  const taxes: Parsed[] = settlement.ApplicableTradeTax;
  assert.equal(total(taxes.map((tax) => cents(tax.CalculatedAmount))), vat);
  assert.equal(total(taxes.map((tax) => cents(tax.BasisAmount))), net);
  assert.equal(cents(header.GrandTotalAmount), gross);
  assert.equal(cents(header.DuePayableAmount), 0n);
  assert.equal(gross, content.total.gross.minor);
}

test("invoice and credit note add up to the cent in both languages, and mirror each other", () => {
  for (const sale of [undefined, ofTwoRates(), toGermany()]) {
    const [invoice, note] = [contentOf(sale), contentOf(sale, "credit-note")];
    assertAddsUp(invoice);
    assertAddsUp(note);
    assert.deepEqual(note.total, invoice.total);
    assert.deepEqual(note.lines, invoice.lines);
  }
});

test("whatever was bought at whatever rates, every cent of the charge is on the invoice", () => {
  const line = fc.record({
    gross: fc.integer({ min: -50_000, max: 5_000_000 }),
    quantity: fc.integer({ min: 0, max: 999 }),
    rate: fc.constantFrom("25.5", "13.5", "0", "19", "7"),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (bought) => {
      assertAddsUp(contentOf(invoiceVat(bought)));
    }),
    { numRuns: 300 },
  );
});

test("a unit price has the decimals that the pieces need to come to the line again", () => {
  assert.equal(unitPrice(eur(10_735), 3), "35.7833");
  assert.equal(unitPrice(eur(1434), 1), "14.34");
  assert.equal(unitPrice(eur(-398), 1), "3.98");
  assert.equal(unitPrice(money(1000, "JPY"), 3), "333.33");
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 1, max: 99_999 }),
      (net, pieces) => {
        const [whole = "", fraction = ""] = unitPrice(eur(net), pieces).split(".");
        const scale = 10n ** BigInt(fraction.length - 2);
        const back = BigInt(whole + fraction) * BigInt(pieces);
        const off = back - BigInt(net) * scale;
        assert.ok((off < 0n ? -off : off) * 2n <= scale, `${net} / ${pieces}`);
      },
    ),
  );
});

const refused = (work: () => unknown, cause: string, says: RegExp) =>
  assert.throws(work, (error) => {
    assert.ok(error instanceof ActionError && error.verdict === "permanent");
    assert.equal(error.failure.cause, cause);
    assert.match(error.message, says);
    return true;
  });

test("an invoice that is a cent from the charge, or of whom nobody knows, is refused before it has a number", () => {
  const order = anOrder({ total: eur(15_962) });
  refused(
    () => contentOf({ order, vat: aVatDecision() }),
    "invoice.total_differs",
    /159\.63 EUR, but 159\.62/,
  );
  const vat = aVatDecision({ total: { net: eur(12_718), vat: eur(3244), gross: eur(15_962) } });
  refused(() => contentOf({ order: anOrder(), vat }), "invoice.total_differs", /are not its total/);
  const nobody = anOrder({ buyer: { email: "a@example.com" }, shipTo: {} });
  refused(
    () => contentOf({ order: nobody, vat: aVatDecision() }),
    "address.incomplete",
    /buyer's name/,
  );
});

test("VAT in another currency without its rate is held, never guessed", () => {
  const sale = { order: anOrder(), vat: aVatDecision() };
  const settings = { currency: "SEK" };
  refused(
    () => contentOf(sale, "invoice", settings),
    "config.invalid",
    /rate of EUR on 2026-11-23/,
  );
});

test("{year} begins a new series, and a shop that moves here goes on in the one it names", () => {
  const settings = readSettings({ ...options, series: { first: { "2026-": 418 } } });
  assert.deepEqual(seriesOf(settings, "invoice", "2026-11-23"), {
    prefix: "2026-",
    first: 418,
    digits: 5,
  });
  assert.deepEqual(seriesOf(settings, "invoice", "2027-01-01").first, 1);
  assert.equal(seriesOf(settings, "credit-note", "2026-11-23").prefix, "C2026-");
});

test("wrong options are told in one sentence", () => {
  const seller = { ...options.seller, vatId: "12345671" };
  assert.throws(
    () => readSettings({ ...options, seller }),
    /seller\.vatId \}\): The country's two/,
  );
  assert.throws(() => readSettings({ ...options, timeZone: "Helsinki" }), /No time zone/);
  const series = { invoices: "{year}" };
  assert.throws(() => readSettings({ ...options, series }), /ends with "-"/);
});

test("what a customer wrote cannot break an e-invoice open", () => {
  const name = '</cbc:Name><x>&"\u0000\u0008\ud800 ]]>';
  const content = contentOf({
    order: anOrder({ buyer: { ...anOrder().buyer, name } }),
    vat: aVatDecision(),
  });
  for (const xml of [ublXml(content), ciiXml(content)]) {
    assert.ok(!["<x>", "\u0000", "\u0008"].some((part) => xml.includes(part)));
    parser.parse(xml, true);
  }
});
