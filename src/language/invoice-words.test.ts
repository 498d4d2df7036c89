import assert from "node:assert/strict";
import { test } from "node:test";
import { invoiceCatalogue, invoiceWords } from "./invoice-words.ts";

const english: Readonly<Record<string, string>> = invoiceCatalogue.en ?? {};
const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

for (const [language, words] of Object.entries(invoiceCatalogue)) {
  test(`an invoice in ${language} says everything that the English one says, about the same things`, () => {
    assert.deepEqual(Object.keys(words), Object.keys(english));
    for (const [id, text] of Object.entries(words)) {
      assert.deepEqual(placeholders(text), placeholders(english[id] ?? ""), id);
      assert.doesNotMatch(text, /[<>&\u200E\u200F\u202A-\u202E\u2066-\u2069]|^\s|\s$|'/u, id);
    }
  });
}

test("a language without words of its own is answered in English", () => {
  assert.equal(invoiceWords("xx")("invoice"), "Invoice");
  assert.equal(invoiceWords("constructor")("page", { page: 1, pages: 2 }), "Page 1 of 2");
  assert.equal(invoiceWords("fi")("page", { page: 1, pages: 2 }), "Sivu 1/2");
});
