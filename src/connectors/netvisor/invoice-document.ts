// The invoice as Netvisor prints it, for the customer's e-mail.
import type { Action, StoredFile } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { storedFileOutput } from "../../connector-kit/outputs.ts";
import type { Context } from "./context.ts";
import { readInvoice } from "./sales-documents.ts";

interface Input {
  invoiceId: string;
  invoiceNumber: string;
}

export function invoiceDocumentAction(context: Context): Action<Input, StoredFile> {
  return {
    name: "netvisor.invoice-document",
    connection: context.connection,
    output: storedFileOutput,
    record: ({ key }) => ({ id: key }),
    // It only reads; keeping the same bytes twice is harmless.
    repeat: { how: "safe" },
    run: async ({ invoiceId, invoiceNumber }, call) => {
      const invoice = await readInvoice(context.api(call), invoiceId, "pdf");
      const bytes = new Uint8Array(
        Buffer.from(invoice.lastsentinvoicepdfbase64data ?? "", "base64"),
      );
      if (!new TextDecoder().decode(bytes.subarray(0, 5)).startsWith("%PDF")) {
        throw new ActionError(
          "transient",
          `Netvisor gave no PDF of invoice ${invoiceNumber} yet.`,
          { cause: "provider.unexpected_answer" },
        );
      }
      const fileName = `invoice-${invoiceNumber.replace(/[^A-Za-z0-9-]/g, "_")}.pdf`;
      return call.keep({ fileName, mediaType: "application/pdf", bytes });
    },
  };
}
