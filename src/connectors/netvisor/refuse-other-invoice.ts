// Before an invoice is credited: does Netvisor's still say what we would mirror?
import { ActionError } from "../../connector-kit/action-error.ts";
import { decimalString, divideRounded } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import { invoiceSumsAnswer } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import type { InvoiceLine } from "./invoice-lines.ts";
import { invoiceMark, sameNumber } from "./mark.ts";
import { withoutZeros } from "./vat-code.ts";

interface Expected {
  readonly order: Order;
  readonly lines: readonly InvoiceLine[];
  readonly invoiceId: string;
  readonly invoiceNumber: string;
}

/** An accountant may have corrected it since; then only a person knows what is to be credited. */
export async function refuseOtherInvoice(api: NetvisorApi, expected: Expected): Promise<void> {
  const { order, lines, invoiceId, invoiceNumber } = expected;
  const query = { netvisorkey: invoiceId, pdfimage: "nopdf" };
  const { salesinvoice } = await api.read("getsalesinvoice.nv", query, invoiceSumsAnswer);
  const told = sameNumber(salesinvoice?.salesinvoicereferencenumber);
  const isOurs = !told || told === invoiceMark(order).referenceNumber;
  if (salesinvoice?.salesinvoicenumber !== invoiceNumber || !isOurs) {
    throw refuse(`Netvisor holds no invoice ${invoiceNumber} of this order.`);
  }
  // In which currency Netvisor tells the sums of other invoices is not known.
  if (order.currency !== "EUR") return;
  if (salesinvoice.salesinvoiceamount.minor !== order.total.minor) {
    const sum = decimalString(salesinvoice.salesinvoiceamount.minor, 2);
    throw refuse(`Netvisor's invoice ${invoiceNumber} is over ${sum} EUR, not what was paid.`);
  }
  const theirs = sumsByRate(
    salesinvoice.invoicelines.invoiceline
      .flatMap((line) => line.salesinvoiceproductline)
      .map((line) => ({
        ratePercent: line.productvatpercentage.replace(",", "."),
        vat: line.salesinvoiceproductlinevatsum,
        gross: line.salesinvoiceproductlinesum,
      })),
  );
  const fine = ({ ratePercent, vat, gross }: InvoiceLine) => ({
    ...{ ratePercent, vat: vat.minor * 100n, gross: gross.minor * 100n },
  });
  const ours = sumsByRate(lines.map(fine));
  if (theirs === ours) return;
  throw refuse(`Netvisor's invoice ${invoiceNumber} has other VAT (${theirs}) than we (${ours}).`);
}

interface Sums {
  readonly ratePercent: string;
  /** In ten-thousandths. */
  readonly vat: bigint;
  readonly gross: bigint;
}

/** "10 %: 1.00 of 11.00, 25.5 %: 2.55 of 12.55". */
function sumsByRate(lines: readonly Sums[]): string {
  const rates = [...new Set(lines.map(({ ratePercent }) => withoutZeros(ratePercent)))].sort();
  return rates
    .map((rate) => {
      const same = lines.filter(({ ratePercent }) => withoutZeros(ratePercent) === rate);
      const [vat, gross] = (["vat", "gross"] as const).map((field) =>
        cents(same.reduce((all, line) => all + line[field], 0n)),
      );
      return `${rate} %: ${vat} of ${gross}`;
    })
    .join(", ");
}

const cents = (fine: bigint) => decimalString(divideRounded(fine, 100n), 2);

function refuse(why: string): ActionError {
  const message = `${why} Nothing was credited: see the invoice, and credit it by hand if it is right.`;
  return new ActionError("permanent", message, { cause: "invoice.total_differs" });
}
