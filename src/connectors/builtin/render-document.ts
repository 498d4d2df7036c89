// One issued document in the formats that people and machines read.
import type { Document } from "../../connector-kit/action.ts";
import { ciiXml } from "./cii.ts";
import { type InvoiceContent, invoiceContentSchema } from "./invoice-content.ts";
import { invoicePdf } from "./invoice-pdf.ts";
import { ublXml } from "./ubl.ts";

export const documentFormats = ["pdf", "ubl", "cii"] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** Undefined for an XML of a sale that EN 16931 has no words for. */
export async function renderDocument(
  kept: unknown,
  format: DocumentFormat,
): Promise<Document | undefined> {
  const content = invoiceContentSchema.parse(kept);
  const name = `${content.kind}-${content.number}`;
  if (format === "pdf") {
    const bytes = await invoicePdf(content, hasEInvoice(content) ? ciiXml(content) : undefined);
    return { fileName: `${name}.pdf`, mediaType: "application/pdf", bytes };
  }
  if (!hasEInvoice(content)) return undefined;
  const xml = format === "ubl" ? ublXml(content) : ciiXml(content);
  const bytes = new TextEncoder().encode(xml);
  return { fileName: `${name}.${format}.xml`, mediaType: "application/xml", bytes };
}

/** VAT of a state outside of the Union, collected at the sale, has no category in EN 16931. */
export function hasEInvoice({ groups }: Pick<InvoiceContent, "groups">): boolean {
  return groups.every(({ category }) => category !== null);
}
