// Dates, reference numbers, VAT codes and amounts: our words in Netvisor's.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ActionError } from "../../connector-kit/action-error.ts";
import { secret } from "../../connector-kit/connector.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { localDate } from "../../order/local-date.ts";
import { money } from "../../order/money.ts";
import { netvisor } from "./connector.ts";
import { credited, invoiceLines, unitPrice } from "./invoice-lines.ts";
import { checkDigit, referenceNumberFor } from "./reference-number.ts";
import { readSettings } from "./settings.ts";
import { aVatDecision, options } from "./shop-for-tests.ts";
import { vatCodeFor } from "./vat-code.ts";

test("an order paid at 22:30 UTC on the last of the month belongs to the next VAT period", () => {
  assert.equal(localDate("2026-11-30T22:30:00Z", "Europe/Helsinki"), "2026-12-01");
  assert.equal(localDate("2026-06-30T20:59:00Z", "Europe/Helsinki"), "2026-06-30");
});

test("a reference number has digits only, and its last digit checks the others", () => {
  assert.equal(checkDigit("10042"), "1");
  assert.equal(checkDigit("123456"), "1");
  const number = referenceNumberFor("ABCDEFGHJK1234");
  assert.match(number, /^1\d{18}$/);
  assert.equal(checkDigit(number.slice(0, -1)), number.at(-1));
  assert.notEqual(number, referenceNumberFor("ABCDEFGHJK1235"));
});

const codeFor = (
  overrides: Parameters<typeof aVatDecision>[0],
  vatCodes = {},
  taxIds: { type: string; value: string }[] = [],
  rate = "19",
) => vatCodeFor(vatCodes, aVatDecision(overrides), rate, anOrder({ taxIds }));

const refusal = (cause: string, message: RegExp) => (thrown: unknown) =>
  thrown instanceof ActionError &&
  thrown.verdict === "permanent" &&
  thrown.failure.cause === cause &&
  message.test(thrown.message);

test("sales in Finland, exports and sales to companies in the EU have known codes", () => {
  const company = [{ type: "eu_vat", value: "DE123456789" }];
  assert.equal(codeFor({}).vatCode, "KOMY");
  assert.equal(codeFor({ scheme: "export", territory: "NO" }, {}, [], "0").vatCode, "EUUM");
  assert.equal(codeFor({ scheme: "intra-eu", territory: "DE" }, {}, company, "0").vatCode, "EUMY");
});

test("a distance sale stops with the setting to fill, for Netvisor has no code for it", () => {
  assert.throws(
    () => codeFor({ scheme: "oss", territory: "DE" }),
    refusal("invoice.vat_code_unknown", /DE at 19 % .*vatCodes\["oss\/DE\/19"\]/),
  );
});

test("the closest setting wins: country and rate, then country, then scheme, then ours", () => {
  const vatCodes = {
    oss: { vatCode: "MUUL" },
    "oss/DE": { vatCode: "NONE" },
    "oss/DE/7.0": { vatCode: "KOMY", accountNumber: "3010" },
    domestic: { vatCode: "KOMY", accountNumber: "3000" },
  };
  const oss = (territory: string, rate: string) =>
    codeFor({ scheme: "oss", territory }, vatCodes, [], rate);
  assert.deepEqual(oss("DE", "7"), { vatCode: "KOMY", accountNumber: "3010" });
  assert.equal(oss("DE", "19").vatCode, "NONE");
  assert.equal(oss("FR", "20").vatCode, "MUUL");
  assert.equal(codeFor({}, vatCodes).accountNumber, "3000");
});

test("a code of Finnish or intra-community sales is refused for distance sales when the configuration is read", () => {
  for (const vatCode of ["KOMY", "KOMY0", "EUMY"]) {
    const vatCodes = { "oss/DE": { vatCode } };
    assert.throws(
      () => netvisor({ ...options, vatCodes }),
      /vatCodes.oss\/DE.vatCode: .* never for distance/,
    );
  }
});

test("EUMY is never for consumers: without a VAT number the invoice stops", () => {
  assert.throws(
    () => codeFor({ scheme: "intra-eu", territory: "DE" }),
    refusal("vat.undecided", /needs the buyer's VAT number/),
  );
});

test("lines that do not sum to the charge stop the invoice", () => {
  const settings = readSettings(options);
  const short = aVatDecision({ lines: aVatDecision().lines.slice(0, 2) });
  const differs = anOrder({ total: money(15964, "EUR") });
  const dinars = anOrder({ currency: "KWD" });
  assert.throws(
    () => invoiceLines(anOrder(), short, settings),
    refusal("invoice.total_differs", /decided for 2 lines, the order has 3/),
  );
  assert.throws(
    () => invoiceLines(differs, aVatDecision(), settings),
    refusal("invoice.total_differs", /sum to 159.63 EUR, but 159.64 was paid/),
  );
  assert.throws(
    () => invoiceLines(dinars, aVatDecision(), settings),
    refusal("order.unsupported", /third decimal/),
  );
});

test("lines without a sku and shipping use the generic products", () => {
  const settings = readSettings({ ...options, productCodes: { goods: "MUU" } });
  const [first, ...rest] = anOrder().lines;
  assert.ok(first);
  const order = anOrder({ lines: [{ ...first, sku: undefined }, ...rest] });
  const codes = invoiceLines(order, aVatDecision(), settings).map((line) => line.productCode);
  assert.deepEqual(codes, ["MUU", "RAIL-2M", "SHIP"]);
});

test("a line that does not divide into pieces gets a price with four decimals", () => {
  const [line] = invoiceLines(anOrder(), aVatDecision(), readSettings(options));
  assert.ok(line);
  assert.equal(unitPrice(line), "44.91");
  assert.equal(unitPrice({ ...line, gross: money(1000, "EUR") }), "3.3333");
});

test("a line of no pieces is one piece, for Netvisor multiplies", () => {
  const [first, ...rest] = anOrder().lines;
  assert.ok(first);
  const order = anOrder({ lines: [{ ...first, quantity: 0 }, ...rest] });
  const [line] = invoiceLines(order, aVatDecision(), readSettings(options));
  assert.ok(line);
  assert.deepEqual([line.quantity, unitPrice(line)], [1, "134.73"]);
});

test("a discount line is a product of its own: its pieces are below zero, its price is not", () => {
  const [first, second] = anOrder().lines;
  assert.ok(first && second);
  const eur = (minor: number) => money(minor, "EUR");
  const gift = { ...second, sku: undefined, description: "Gift card", total: eur(-1800) };
  const order = anOrder({ lines: [first, gift], total: eur(12363) });
  const [curtain, , shipping] = aVatDecision().lines;
  assert.ok(curtain && shipping);
  const discount = { ratePercent: "25.5", vat: eur(-366), gross: eur(-1800) };
  const vat = aVatDecision({ lines: [curtain, discount, shipping] });
  const [, line] = invoiceLines(order, vat, readSettings(options));
  assert.ok(line);
  assert.deepEqual([line.productCode, line.quantity, unitPrice(line)], ["DISCOUNT", -1, "18.00"]);
});

test("whatever was sold, the credit note has the same prices and gives back each line to the cent", () => {
  const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const bought = fc.array(fc.tuple(amount, amount, fc.integer({ min: 0, max: 999 })), {
    minLength: 1,
    maxLength: 10,
  });
  const [sample] = anOrder().lines;
  assert.ok(sample);
  const settings = readSettings(options);
  fc.assert(
    fc.property(bought, (items) => {
      const eur = (minor: number) => money(minor, "EUR");
      const lines = items.map(([gross, , quantity]) => ({
        ...sample,
        quantity,
        total: eur(gross),
      }));
      const total = eur(items.reduce((all, [gross]) => all + gross, 0));
      const order = anOrder({ lines, shipping: undefined, total });
      const decided = items.map(([gross, vat]) => ({
        ...{ ratePercent: "25.5", vat: eur(vat), gross: eur(gross) },
      }));
      const sold = invoiceLines(order, aVatDecision({ lines: decided }), settings);
      const given = credited(sold);
      for (const [i, line] of sold.entries()) {
        const back = given[i];
        assert.ok(back);
        assert.equal(unitPrice(back), unitPrice(line));
        assert.match(unitPrice(back), /^\d/);
        assert.equal(back.quantity + line.quantity, 0);
        assert.equal(back.gross.minor + line.gross.minor, 0n);
        assert.equal(back.vat.minor + line.vat.minor, 0n);
      }
    }),
    { numRuns: 200 },
  );
});

test("settings are checked when the configuration is read, by a sentence that names the setting", () => {
  const wrong = (overrides: object) => () => netvisor({ ...options, ...overrides });
  assert.throws(wrong({ organisationId: "12345678" }), /organisationId: must be a business id/);
  assert.throws(wrong({ sender: "Ордна" }), /sender: must be Western letters only/);
  assert.throws(wrong({ customerKey: "abc" }), /customerKey: must be a secret\(\)/);
  assert.throws(wrong({ vatCodes: { OSS: { vatCode: "KOMY" } } }), /vatCodes.OSS: /);
  assert.throws(wrong({ vatCodes: { oss: { vatCode: "komy" } } }), /vatCodes.oss.vatCode: must be/);
  assert.throws(wrong({ timeZone: "Finland" }), /timeZone: must be a zone/);
  assert.throws(wrong({ productGroup: " " }), /productGroup: must not be empty/);
  assert.throws(wrong({ creditNoteText: "Credit" }), /creditNoteText: must hold "{invoiceNumber}"/);
  assert.throws(wrong({ partnerKey: secret("") }), /partnerKey.env: must not be empty/);
});
