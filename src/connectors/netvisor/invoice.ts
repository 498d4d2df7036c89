// The VAT invoice of one paid order. One POST makes it; the reads around it only find things.
import type { Action } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type InvoiceOutput, invoiceOutput } from "../../connector-kit/outputs.ts";
import { localDate } from "../../order/local-date.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import type { ListedInvoice } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import type { Context } from "./context.ts";
import { invoiceLines } from "./invoice-lines.ts";
import { carries, invoiceMark } from "./mark.ts";
import { productsOf } from "./products.ts";
import { salesDocumentXml } from "./sales-document-xml.ts";
import { addDocument, documentsSince, readAfterAdd, toldGross } from "./sales-documents.ts";

interface Input {
  order: Order;
  vat: VatDecision;
  customerId: string;
}

export function invoiceAction(context: Context): Action<Input, InvoiceOutput> {
  const { settings, connection } = context;
  const products = productsOf(context);
  return {
    name: "netvisor.invoice",
    connection,
    output: invoiceOutput,
    record: ({ invoiceId }) => ({ id: invoiceId }),
    // Two invoices that miss the same product must not look for it at the same time.
    exclusive: () => `${connection.account}/invoices`,
    repeat: {
      how: "look-first",
      find: ({ order, customerId }, call) =>
        findInvoice(context.api(call), order, customerId, settings.timeZone),
    },
    run: async ({ order, vat, customerId }, call) => {
      const api = context.api(call);
      const lines = invoiceLines(order, vat, settings);
      const isFromMemory = await products.ensure(lines, call);
      const issuedOn = localDate(order.paidAt, settings.timeZone);
      const xml = salesDocumentXml({
        ...{ order, customerId, lines, amount: order.total },
        date: issuedOn,
        mark: invoiceMark(order),
      });
      const invoiceId = await addDocument(api, xml, isFromMemory ? products : undefined);
      const { number, sum } = await readAfterAdd(api, invoiceId, invoiceMark(order));
      return { invoiceId, invoiceNumber: number, issuedOn, ...toldGross(order, sum) };
    },
  };
}

async function findInvoice(
  api: NetvisorApi,
  order: Order,
  customerId: string,
  timeZone: string,
): Promise<readonly InvoiceOutput[]> {
  const issuedOn = localDate(order.paidAt, timeZone);
  const documents = await documentsSince(api, customerId, issuedOn);
  // A credit note made in Netvisor copies what its invoice says.
  const invoices = documents.filter(
    (document) => document.invoicesum.minor >= 0n && carries(document, invoiceMark(order)),
  );
  for (const invoice of invoices) refuseOtherSum(invoice, order);
  return invoices.map(({ netvisorkey, invoicenumber, invoicesum }) => ({
    invoiceId: netvisorkey,
    invoiceNumber: invoicenumber,
    issuedOn,
    ...toldGross(order, invoicesum),
  }));
}

/** The list tells sums in the company's currency, which is the euro. */
function refuseOtherSum({ invoicesum, invoicenumber }: ListedInvoice, order: Order): void {
  if (order.currency !== "EUR" || invoicesum.minor === order.total.minor) return;
  const message = `Netvisor's invoice ${invoicenumber} carries this order's reference and another sum than was paid: correct it there.`;
  throw new ActionError("permanent", message, { cause: "invoice.total_differs" });
}
