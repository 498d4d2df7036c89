// Puts the document into the shop's files: the PDF for the customer, and the e-invoice in both of its languages.
import type { Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Books } from "../../connector-kit/books.ts";
import { storedFileOutput } from "../../connector-kit/outputs.ts";
import type { Accounting } from "../../connector-kit/roles.ts";
import type { BuiltinSettings } from "./options.ts";
import { renderDocument } from "./render-document.ts";

/** Also for credit notes: by the id that the books gave. */
export function invoiceDocumentAction(
  settings: BuiltinSettings,
  connection: Connection,
  books: () => Books,
): Accounting["invoiceDocument"] {
  return {
    name: "builtin.invoice-document",
    connection,
    output: storedFileOutput,
    // The same document gives the same bytes, and the same bytes are kept once.
    repeat: { how: "safe" },
    record: ({ key }) => ({ id: key }),
    async run({ invoiceId, invoiceNumber }, call) {
      const issued = await books().find(settings.books, invoiceId);
      const pdf = issued && (await renderDocument(issued.content, "pdf"));
      if (!pdf) {
        const message = `The books of ${settings.books} hold no document ${invoiceNumber}.`;
        throw new ActionError("permanent", message, { cause: "request.refused" });
      }
      for (const format of ["ubl", "cii"] as const) {
        const xml = await renderDocument(issued.content, format);
        if (xml) await call.keep(xml);
      }
      // Last: with it the step is done, and the others are there.
      return call.keep(pdf);
    },
  };
}
