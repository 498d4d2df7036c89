// Tells Netvisor that the invoice was paid when it was ordered.
import type { Action } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { paymentOutput } from "../../connector-kit/outputs.ts";
import { localDate } from "../../order/local-date.ts";
import type { Order } from "../../order/order.ts";
import { type ListedInvoice, salesInvoiceListAnswer, salesPaymentListAnswer } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import type { Context } from "./context.ts";
import { partyName } from "./customer.ts";
import { readInvoice } from "./sales-documents.ts";
import type { Settings } from "./settings.ts";
import { commaAmount, element, writeXml } from "./xml.ts";

/** The payment of an order that cost nothing: there is none to record. */
const noPayment = { paymentId: "none" };

interface Input {
  order: Order;
  invoiceId: string;
}

export function paymentAction(context: Context): Action<Input, { paymentId: string }> {
  const { settings, connection } = context;
  return {
    name: "netvisor.payment",
    connection,
    output: paymentOutput,
    record: ({ paymentId }) => ({ id: paymentId, isShared: paymentId === noPayment.paymentId }),
    // A second payment is taken without a word; the invoice's open sum tells whether there was a first.
    repeat: {
      how: "look-first",
      find: ({ order, invoiceId }, call) =>
        isFree(order)
          ? Promise.resolve([noPayment])
          : findPayment(context.api(call), order, invoiceId),
    },
    run: async ({ order, invoiceId }, call) => {
      if (isFree(order)) return noPayment;
      const xml = paymentXml(order, invoiceId, settings);
      return { paymentId: await context.api(call).add("salespayment.nv", {}, xml) };
    },
  };
}

const isFree = (order: Order) => order.total.minor === 0n;

function paymentXml(order: Order, invoiceId: string, settings: Settings): string {
  return writeXml("salespayment", [
    element("salespayment", [
      element("sum", commaAmount(order.total), { currency: order.currency }),
      element("paymentdate", localDate(order.paidAt, settings.timeZone)),
      element("targetidentifier", invoiceId, { type: "netvisor", targettype: "invoice" }),
      element("sourcename", partyName(order.buyer) ?? order.reference),
      element("paymentmethod", settings.paymentMethod, { type: "alternative" }),
    ]),
  ]);
}

async function findPayment(
  api: NetvisorApi,
  order: Order,
  invoiceId: string,
): Promise<readonly { paymentId: string }[]> {
  const invoice = await listedInvoice(api, invoiceId);
  if (invoice.opensum.minor === invoice.invoicesum.minor) return [];
  const { salespaymentlist } = await api.read(
    "salespaymentlist.nv",
    { invoicenetvisorkey: invoiceId },
    salesPaymentListAnswer,
  );
  const payments = salespaymentlist.filter(
    ({ invoicenumber, sum, foreigncurrencyamount }) =>
      invoicenumber === invoice.invoicenumber &&
      (sum.minor === order.total.minor || foreigncurrencyamount?.minor === order.total.minor),
  );
  if (payments.length > 0) return payments.map(({ netvisorkey }) => ({ paymentId: netvisorkey }));
  // Closed in another way, perhaps by hand; a payment of ours would find nothing to pay.
  if (invoice.opensum.minor === 0n) return [{ paymentId: `settled-${invoiceId}` }];
  throw new ActionError(
    "permanent",
    `Invoice ${invoice.invoicenumber} is paid in part, and not by this order's payment: look in Netvisor.`,
    { cause: "record.exists_differently" },
  );
}

/** The list alone tells the open sum, and it is asked by number. */
async function listedInvoice(api: NetvisorApi, invoiceId: string): Promise<ListedInvoice> {
  const { salesinvoicenumber } = await readInvoice(api, invoiceId, "nopdf");
  const query = { invoicenumber: salesinvoicenumber };
  const { salesinvoicelist } = await api.read("salesinvoicelist.nv", query, salesInvoiceListAnswer);
  const invoice = salesinvoicelist.find(({ netvisorkey }) => netvisorkey === invoiceId);
  if (invoice) return invoice;
  throw new ActionError(
    "permanent",
    `Netvisor does not list invoice ${salesinvoicenumber}: see there whether it is paid.`,
    { cause: "record.exists_differently" },
  );
}
