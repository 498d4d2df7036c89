import type { Document } from "./action.ts";
import { ActionError } from "./action-error.ts";

const magic = Buffer.from("%PDF-");

/** Refuses a document that calls itself a PDF and is none: kept, it would go to a printer, or to the customer. */
export function assertPdf({ fileName, mediaType, bytes }: Document): void {
  if (mediaType !== "application/pdf") return;
  if (magic.equals(bytes.subarray(0, magic.length))) return;
  const message = `"${fileName.slice(0, 80)}" is not a PDF and is not kept: look at the provider that made it.`;
  throw new ActionError("permanent", message, { cause: "label.unreadable" });
}
