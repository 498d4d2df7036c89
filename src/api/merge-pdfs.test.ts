import assert from "node:assert/strict";
import { test } from "node:test";
import { PDFDocument } from "@cantoo/pdf-lib";
import { mergePdfs } from "./merge-pdfs.ts";

/** One document whose pages are so wide. */
async function aDocument(...widths: readonly number[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const width of widths) document.addPage([width, 300]);
  return document.save();
}

async function widthsOf(bytes: Uint8Array): Promise<number[]> {
  const document = await PDFDocument.load(bytes);
  return document.getPages().map((page) => page.getWidth());
}

test("labels become one document with every page once, in the order asked for", async () => {
  const merged = await mergePdfs([
    await aDocument(101),
    await aDocument(102, 103),
    await aDocument(104),
  ]);
  assert.deepEqual(await widthsOf(merged), [101, 102, 103, 104]);
});

test("one label is that label alone", async () => {
  assert.deepEqual(await widthsOf(await mergePdfs([await aDocument(99)])), [99]);
});

test("what is no PDF is not passed over in silence", async () => {
  const broken = new TextEncoder().encode("^XA^FDlabel^XZ");
  await assert.rejects(mergePdfs([await aDocument(99), broken]));
});
