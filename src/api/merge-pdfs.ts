import { PDFDocument } from "@cantoo/pdf-lib";

/** All pages of all documents, in their order. */
export async function mergePdfs(documents: readonly Uint8Array[]): Promise<Uint8Array> {
  const merged = await PDFDocument.create();
  for (const bytes of documents) {
    const document = await PDFDocument.load(bytes);
    for (const page of await merged.copyPages(document, document.getPageIndices())) {
      merged.addPage(page);
    }
  }
  return merged.save();
}
