// The VAT invoice of one paid order. One POST makes it; the reads around it only find things.
import type { Action } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { asActionError } from "../../connector-kit/attempt.ts";
import { invoiceOutput } from "../../connector-kit/outputs.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import { type ListedInvoice, salesInvoiceAnswer, salesInvoiceListAnswer } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import type { Context } from "./context.ts";
import { invoiceLines } from "./invoice-lines.ts";
import { invoiceXml, privateComment } from "./invoice-xml.ts";
import { localDate } from "./local-date.ts";
import { type Products, productsOf } from "./products.ts";
import { referenceNumberFor } from "./reference-number.ts";

interface Input {
  order: Order;
  vat: VatDecision;
  customerId: string;
}

interface Output {
  invoiceId: string;
  invoiceNumber: string;
}

export function invoiceAction(context: Context): Action<Input, Output> {
  const { settings, connection } = context;
  const products = productsOf(settings);
  return {
    name: "netvisor.invoice",
    connection,
    output: invoiceOutput,
    record: ({ invoiceId }) => ({ id: invoiceId }),
    // Two invoices that miss the same product must not both add it.
    exclusive: () => `${connection.account}/invoices`,
    repeat: {
      how: "look-first",
      find: ({ order, customerId }, call) =>
        findInvoice(context.api(call), order, customerId, settings.timeZone),
    },
    run: async ({ order, vat, customerId }, call) => {
      const api = context.api(call);
      const lines = invoiceLines(order, vat, settings);
      const isFromMemory = await products.ensure(api, lines);
      const xml = invoiceXml(order, customerId, lines, settings.timeZone);
      const invoiceId = await addInvoice(api, xml, isFromMemory ? products : undefined);
      return { invoiceId, invoiceNumber: await numberAfterAdd(api, invoiceId, order) };
    },
  };
}

/** A refusal may be about a product that was deleted since we saw it: then the next attempt asks for all of them. */
async function addInvoice(
  api: NetvisorApi,
  xml: string,
  remembered: Products | undefined,
): Promise<string> {
  try {
    return await api.add("salesinvoice.nv", { method: "add" }, xml);
  } catch (thrown) {
    const error = asActionError(thrown);
    if (!remembered || error.failure.cause !== "request.refused") throw error;
    remembered.forget();
    throw new ActionError("transient", error.message, error.failure);
  }
}

/** The reply to the add is Netvisor's key, not the number on the invoice. */
export async function readInvoice(api: NetvisorApi, invoiceId: string, pdfimage: "pdf" | "nopdf") {
  const query = { netvisorkey: invoiceId, pdfimage };
  const { salesinvoice } = await api.read("getsalesinvoice.nv", query, salesInvoiceAnswer);
  if (salesinvoice) return salesinvoice;
  throw new ActionError("permanent", `Netvisor holds no invoice with the key ${invoiceId}.`, {
    cause: "request.refused",
  });
}

/** The invoice exists by now: whatever goes wrong here, the next attempt must look for it. */
async function numberAfterAdd(api: NetvisorApi, invoiceId: string, order: Order): Promise<string> {
  try {
    const invoice = await readInvoice(api, invoiceId, "nopdf");
    const told = invoice.salesinvoicereferencenumber?.replace(/^0+|\s/g, "");
    if (told && told !== referenceNumberFor(order.reference)) {
      throw new ActionError("ambiguous", "Netvisor answers with an invoice of another order.", {
        cause: "provider.unexpected_answer",
      });
    }
    return invoice.salesinvoicenumber;
  } catch (thrown) {
    const { message, failure } = asActionError(thrown);
    throw new ActionError(
      "ambiguous",
      `The invoice was made, but its number could not be read. ${message}`,
      failure,
    );
  }
}

async function findInvoice(
  api: NetvisorApi,
  order: Order,
  customerId: string,
  timeZone: string,
): Promise<readonly Output[]> {
  const { salesinvoicelist } = await api.read(
    "salesinvoicelist.nv",
    {
      customercode: customerId,
      begininvoicedate: localDate(order.paidAt, timeZone),
      // Adds the private comment to every invoice.
      replyoption: "1",
    },
    salesInvoiceListAnswer,
  );
  const invoices = ours(salesinvoicelist, order);
  for (const invoice of invoices) refuseOtherSum(invoice, order);
  return invoices.map(({ netvisorkey, invoicenumber }) => ({
    invoiceId: netvisorkey,
    invoiceNumber: invoicenumber,
  }));
}

/** The list tells sums in the company's currency, which is the euro. */
function refuseOtherSum({ invoicesum, invoicenumber }: ListedInvoice, order: Order): void {
  if (order.currency !== "EUR" || invoicesum.minor === order.total.minor) return;
  const message = `Netvisor's invoice ${invoicenumber} carries this order's reference and another sum than was paid: correct it there.`;
  throw new ActionError("permanent", message, { cause: "invoice.total_differs" });
}

/** By our comment; by our reference number where a person has written another comment. */
function ours(invoices: readonly ListedInvoice[], order: Order): readonly ListedInvoice[] {
  // A credit note made in Netvisor copies what its invoice says.
  const charged = invoices.filter(({ invoicesum }) => invoicesum.minor >= 0n);
  const commented = charged.filter((invoice) => invoice.privatecomment === privateComment(order));
  if (commented.length > 0) return commented;
  return charged.filter(
    (invoice) => invoice.referencenumber === referenceNumberFor(order.reference),
  );
}
