import { words } from "../language/words.ts";
import { saveFile, toCsv } from "../shell/save-csv.ts";
import { decimalOf } from "../words/format-money.ts";
import type { CreditNote } from "./credit-note-sheet.tsx";
import { differenceOf, type Invoice, vatByCountry } from "./invoice-sums.ts";

/** The month as a file for the accountant: the same rows and the same sums as the page. */
export function saveInvoices(
  month: string,
  invoices: readonly Invoice[],
  creditNotes: readonly CreditNote[],
): void {
  saveFile(`invoices-${month}.csv`, toCsv(rowsOf(invoices, creditNotes)), "text/csv");
}

const amount = (minor: string | bigint | null, currency: string) =>
  minor === null ? "" : decimalOf(String(minor), currency);

export function rowsOf(
  invoices: readonly Invoice[],
  creditNotes: readonly CreditNote[],
): string[][] {
  const say = words().invoices;
  const { columns, refunds, rate, net, gross } = say;
  return [
    [
      columns.number,
      columns.order,
      columns.date,
      "",
      columns.paid,
      columns.invoiced,
      columns.difference,
      refunds,
      say.credited,
      columns.country,
    ],
    ...invoices.map((one) => [
      one.invoiceNumber,
      one.shopOrder ?? one.reference,
      one.issuedOn,
      one.currency,
      amount(one.paid, one.currency),
      amount(one.invoiced, one.invoicedCurrency ?? one.currency),
      amount(differenceOf(one), one.currency),
      amount(one.refunded, one.currency),
      amount(one.credited, one.currency),
      one.territory ?? "",
    ]),
    [],
    [say.creditNote, columns.order, columns.date, "", say.credited, refunds, say.corrects],
    ...creditNotes.map((one) => [
      one.creditNoteNumber,
      one.shopOrder ?? one.reference,
      one.issuedOn,
      one.currency,
      amount(one.credited, one.currency),
      amount(one.refunded, one.currency),
      one.invoiceNumber ?? "",
    ]),
    [],
    [columns.country, rate, "", "", net, columns.vat, gross],
    ...vatByCountry(invoices).map((sum) => [
      sum.territory,
      `${sum.ratePercent} %`,
      "",
      sum.currency,
      amount(sum.net, sum.currency),
      amount(sum.vat, sum.currency),
      amount(sum.gross, sum.currency),
    ]),
  ];
}
