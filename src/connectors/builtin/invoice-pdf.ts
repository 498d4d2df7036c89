// The document on paper: PDF/A-3, with the same document for machines inside it (Factur-X) where EN 16931 can say it.

import { factNames, xmpExtension } from "./factur-x.ts";
import type { InvoiceContent } from "./invoice-content.ts";
import { drawFoot, drawHead, drawParties } from "./pdf-head.ts";
import { drawLines } from "./pdf-lines.ts";
import { page, registerFonts, sheetOn } from "./pdf-sheet.ts";
import { drawTotals } from "./pdf-totals.ts";
import { sayIn } from "./say.ts";

/** The same content gives the same bytes. `xml`: the CII to carry. */
export async function invoicePdf(content: InvoiceContent, xml?: string): Promise<Uint8Array> {
  // Loaded when the first document is made: it is large, and most processes never make one.
  const { default: PdfDocument } = await import("pdfkit");
  const say = sayIn(content);
  const issued = new Date(`${content.issuedOn}T12:00:00Z`);
  const title = `${say.word(content.kind === "invoice" ? "invoice" : "credit_note")} ${content.number}`;
  const pdf = new PdfDocument({
    size: [page.width, page.height],
    margin: page.margin,
    bufferPages: true,
    pdfVersion: "1.7",
    subset: "PDF/A-3b",
    lang: say.language,
    displayTitle: true,
    info: { Title: title, Author: content.seller.name, CreationDate: issued, ModDate: issued },
  });
  const chunks: Uint8Array[] = [];
  pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const finished = new Promise((resolve, reject) => pdf.on("end", resolve).on("error", reject));
  registerFonts(pdf);
  const sheet = sheetOn(pdf, say.direction);
  drawHead(sheet, content, say);
  drawParties(sheet, content, say);
  drawLines(sheet, content, say);
  drawTotals(sheet, content, say);
  sheet.onEveryPage((number, pages) => drawFoot(sheet, content, say, number, pages));
  if (xml !== undefined) {
    pdf.file(Buffer.from(xml), {
      name: factNames.file,
      type: "text/xml",
      description: title,
      relationship: "Alternative",
      creationDate: issued,
      modifiedDate: issued,
    } as Parameters<typeof pdf.file>[1]); // as: its types do not know `relationship` yet.
    (pdf as unknown as { appendXML(xml: string): void }).appendXML(xmpExtension); // as: nor this.
  }
  pdf.end();
  await finished;
  return new Uint8Array(Buffer.concat(chunks));
}
