// What invoices and credit notes have in common: how they are added, read and listed.
import { ActionError } from "../../connector-kit/action-error.ts";
import { asActionError } from "../../connector-kit/attempt.ts";
import { grossOf } from "../../connector-kit/outputs.ts";
import type { Money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import { type ListedInvoice, salesInvoiceAnswer, salesInvoiceListAnswer } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import { type Mark, sameNumber } from "./mark.ts";
import type { Products } from "./products.ts";

/**
 * Resolves to Netvisor's key. A refusal may be about a product that was deleted since we saw it: then the next attempt
 * asks for all of them.
 */
export async function addDocument(
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
export async function readInvoice(
  api: NetvisorApi,
  netvisorkey: string,
  pdfimage: "pdf" | "nopdf",
) {
  const query = { netvisorkey, pdfimage };
  const { salesinvoice } = await api.read("getsalesinvoice.nv", query, salesInvoiceAnswer);
  if (salesinvoice) return salesinvoice;
  throw new ActionError("permanent", `Netvisor holds no invoice with the key ${netvisorkey}.`, {
    cause: "request.refused",
  });
}

/** It exists by now: whatever goes wrong here, the next attempt must look for it. */
export async function readAfterAdd(
  api: NetvisorApi,
  netvisorkey: string,
  mark: Mark,
): Promise<{ readonly number: string; readonly sum: Money | undefined }> {
  try {
    const invoice = await readInvoice(api, netvisorkey, "nopdf");
    const told = sameNumber(invoice.salesinvoicereferencenumber);
    if (told && told !== mark.referenceNumber) {
      throw new ActionError("ambiguous", "Netvisor answers with an invoice of another order.", {
        cause: "provider.unexpected_answer",
      });
    }
    return { number: invoice.salesinvoicenumber, sum: invoice.salesinvoiceamount };
  } catch (thrown) {
    const { message, failure } = asActionError(thrown);
    throw new ActionError(
      "ambiguous",
      `The invoice was made, but its number could not be read. ${message}`,
      failure,
    );
  }
}

/** All of a customer's invoices and credit notes since a day (YYYY-MM-DD), oldest first. */
export async function documentsSince(
  api: NetvisorApi,
  customerId: string,
  begininvoicedate: string,
): Promise<readonly ListedInvoice[]> {
  const { salesinvoicelist } = await api.read(
    "salesinvoicelist.nv",
    // The reply option adds the private comment to every one of them.
    { customercode: customerId, begininvoicedate, replyoption: "1" },
    salesInvoiceListAnswer,
  );
  return salesinvoicelist.toSorted((a, b) => Number(BigInt(a.netvisorkey) - BigInt(b.netvisorkey)));
}

/** In which currency Netvisor tells the sums of other documents than those in euros is not known. */
export function toldGross({ currency }: Order, sum: Money | undefined) {
  if (!sum || currency !== "EUR") return {};
  return { gross: grossOf({ ...sum, minor: sum.minor < 0n ? -sum.minor : sum.minor }) };
}
