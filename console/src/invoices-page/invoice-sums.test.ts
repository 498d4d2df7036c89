import assert from "node:assert/strict";
import { test } from "node:test";
import { differenceOf, differs, type Invoice, isUncredited, vatByCountry } from "./invoice-sums.ts";
import { rowsOf } from "./save-invoices.ts";

const invoice = (overrides: Partial<Invoice> = {}): Invoice => ({
  reference: "AAAAAAAAAA",
  shopOrder: "=cmd()",
  invoiceNumber: "2026-1",
  issuedOn: "2026-11-01",
  currency: "EUR",
  paid: "12900",
  invoiced: "12901",
  invoicedCurrency: "EUR",
  decided: "12901",
  refunded: "0",
  credited: "0",
  territory: "FI",
  explanation: null,
  groups: [
    {
      ratePercent: "25.5",
      net: { minor: "10279" },
      vat: { minor: "2622" },
      gross: { minor: "12901" },
    },
  ],
  ...overrides,
});

test("a cent of difference is told, and currencies are not added", () => {
  assert.equal(differenceOf(invoice()), 1n);
  assert.equal(differs(invoice()), true);
  assert.equal(differs(invoice({ invoiced: "12900" })), false);
  assert.equal(differs(invoice({ invoiced: "12900", invoicedCurrency: "SEK" })), true);
  const sums = vatByCountry([invoice(), invoice(), invoice({ currency: "SEK" })]);
  assert.deepEqual(
    sums.map(({ currency, vat }) => [currency, vat]),
    [
      ["EUR", 5244n],
      ["SEK", 2622n],
    ],
  );
});

test("what the books did not tell is no difference, and a refund without its credit note is told", () => {
  const untold = invoice({ invoiced: null, invoicedCurrency: null });
  assert.equal(differenceOf(untold), null);
  assert.equal(differs(untold), false);
  assert.equal(isUncredited(invoice({ refunded: "12900" })), true);
  assert.equal(isUncredited(invoice({ refunded: "12900", credited: "12900" })), false);
});

test("the file says the same as the page", () => {
  const rows = rowsOf([invoice()], []);
  assert.deepEqual(rows[1]?.slice(3, 7), ["EUR", "129.00", "129.01", "0.01"]);
  assert.deepEqual(rows.at(-1)?.slice(4), ["102.79", "26.22", "129.01"]);
});
