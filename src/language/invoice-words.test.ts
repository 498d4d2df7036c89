import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, languages } from "./catalogue.ts";
import { invoiceCatalogue, invoiceWords, languageOfInvoice } from "./invoice-words.ts";
import { assertOwnWords, serbianInLatin } from "./words-for-tests.ts";

const english: Readonly<Record<string, string>> = invoiceCatalogue.en ?? {};
const placeholders = (text: string) =>
  [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]).sort();
/** Of documents alone; letters have none of them. */
const onlyEnglish =
  /\b(issue|dispatch|payment|seller|buyer|price|paid|without|gross|business|registration)\b/i;
/** Words that another language writes as English does. */
const alike: Readonly<Record<string, readonly string[]>> = {
  ...{ es: ["Total"], et: ["Number"], mt: ["Total", "VAT"], pl: ["VAT"] },
  ...{ pt: ["Total"], ro: ["Total"] },
};

test("invoices are written in every language that letters are written in", () => {
  assert.deepEqual(Object.keys(invoiceCatalogue).sort(), Object.keys(catalogue).sort());
  for (const language of languages) assert.equal(languageOfInvoice(language), language);
});

for (const [language, words] of Object.entries(invoiceCatalogue)) {
  test(`an invoice in ${language} says everything that the English one says, about the same things`, () => {
    assert.deepEqual(Object.keys(words), Object.keys(english));
    for (const [id, text] of Object.entries(words)) {
      assert.deepEqual(placeholders(text), placeholders(english[id] ?? ""), id);
      assert.doesNotMatch(text, /[<>&\u200E\u200F\u202A-\u202E\u2066-\u2069]|^\s|\s$|'/u, id);
      assert.match(text.replace(/\{\w+\}/g, ""), /\p{L}/u, id);
    }
  });

  test(`an invoice in ${language} has no stray English`, () => {
    if (language === "en") return;
    for (const [id, text] of Object.entries(words)) {
      assertOwnWords(language, text, id);
      assert.doesNotMatch(text, onlyEnglish, id);
      if (!alike[language]?.includes(text)) assert.notEqual(text, english[id], id);
    }
  });
}

test("an invoice in Serbian is the same in Latin letters, letter by letter", () => {
  for (const [id, text] of Object.entries(invoiceCatalogue.sr ?? {})) {
    const latin: Readonly<Record<string, string>> = invoiceCatalogue["sr-Latn"] ?? {};
    assert.equal(latin[id], serbianInLatin(text), id);
  }
});

test("a language without words of its own is answered in English", () => {
  assert.equal(invoiceWords("xx")("invoice"), "Invoice");
  assert.equal(invoiceWords("constructor")("page", { page: 1, pages: 2 }), "Page 1 of 2");
  assert.equal(invoiceWords("fi")("page", { page: 1, pages: 2 }), "Sivu 1/2");
});
