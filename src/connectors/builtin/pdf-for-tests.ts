// Makes a document and reads its words again, in tests.
import assert from "node:assert/strict";
import { extractText, getDocumentProxy } from "unpdf";
import type { InvoiceContent } from "./invoice-content.ts";
import { renderDocument } from "./render-document.ts";

export async function pdfOf(content: InvoiceContent): Promise<Uint8Array> {
  const document = await renderDocument(content, "pdf");
  assert.ok(document);
  return document.bytes;
}

export async function textOf(bytes: Uint8Array): Promise<{ text: string; pages: number }> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  return { text: text.replace(/[\s\u00a0]+/g, " "), pages: totalPages };
}

/** Each of `parts` can be copied out of the page. */
export const says = (text: string, ...parts: readonly string[]) => {
  for (const part of parts) assert.ok(text.includes(part), `"${part}" is not in: ${text}`);
};
