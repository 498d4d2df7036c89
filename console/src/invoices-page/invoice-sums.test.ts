import assert from "node:assert/strict";
import { test } from "node:test";
import { differenceOf, type Invoice, vatByCountry } from "./invoice-sums.ts";
import { rowsOf } from "./save-invoices.ts";

const invoice = (overrides: Partial<Invoice> = {}): Invoice => ({
  reference: "AAAAAAAAAA",
  shopOrder: "=cmd()",
  invoiceNumber: "2026-1",
  madeAt: "2026-11-01T00:00:00.000Z",
  currency: "EUR",
  paid: "12900",
  invoiced: "12901",
  refunded: "0",
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
  const sums = vatByCountry([invoice(), invoice(), invoice({ currency: "SEK" })]);
  assert.deepEqual(
    sums.map(({ currency, vat }) => [currency, vat]),
    [
      ["EUR", 5244n],
      ["SEK", 2622n],
    ],
  );
});

test("the file says the same as the page", () => {
  const rows = rowsOf([invoice()]);
  assert.deepEqual(rows[1]?.slice(3, 7), ["EUR", "129.00", "129.01", "0.01"]);
  assert.deepEqual(rows.at(-1)?.slice(4), ["102.79", "26.22", "129.01"]);
});
