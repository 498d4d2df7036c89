import { words } from "../language/words.ts";
import { saveFile, toCsv } from "../shell/save-csv.ts";
import { decimalOf } from "../words/format-money.ts";
import { differenceOf, type Invoice, vatByCountry } from "./invoice-sums.ts";

/** The month as a file for the accountant: the same rows and the same sums as the page. */
export function saveInvoices(month: string, invoices: readonly Invoice[]): void {
  saveFile(`invoices-${month}.csv`, toCsv(rowsOf(invoices)), "text/csv");
}

export function rowsOf(invoices: readonly Invoice[]): string[][] {
  const { columns, refunds, rate, net, gross } = words().invoices;
  const amount = (minor: string | bigint, currency: string) => decimalOf(String(minor), currency);
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
      columns.country,
    ],
    ...invoices.map((one) => [
      one.invoiceNumber,
      one.shopOrder ?? one.reference,
      one.madeAt.slice(0, 10),
      one.currency,
      amount(one.paid, one.currency),
      one.invoiced === null ? "" : amount(one.invoiced, one.currency),
      one.invoiced === null ? "" : amount(differenceOf(one), one.currency),
      amount(one.refunded, one.currency),
      one.territory ?? "",
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
