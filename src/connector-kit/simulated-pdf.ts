import { createRequire } from "node:module";

/** A small real PDF with `lines` of text in any European script, as simulators hand out for labels and invoices. */
export async function simulatedPdf(lines: readonly string[]): Promise<Uint8Array> {
  // Loaded when the first document is made: it is large, and most processes never make one.
  const { default: PdfDocument } = await import("pdfkit");
  // The fonts that PDF readers bring along garble anything beyond Latin-1, so the font travels in the file.
  const font = createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf");
  const pdf = new PdfDocument({ size: "A6", margin: 24, info: { CreationDate: new Date(0) } });
  const chunks: Uint8Array[] = [];
  pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const finished = new Promise((resolve) => pdf.on("end", resolve));
  pdf.font(font).fontSize(10);
  for (const line of lines) pdf.text(line);
  pdf.end();
  await finished;
  return new Uint8Array(Buffer.concat(chunks));
}
