import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../language/catalogue.ts";
import { type InvoiceWordId, invoiceWords } from "../../language/invoice-words.ts";
import { invoicePdf } from "./invoice-pdf.ts";
import { says, textOf } from "./pdf-for-tests.ts";
import { sayIn } from "./say.ts";
import { contentOf, ofTwoRates } from "./shop-for-tests.ts";

const heads: readonly InvoiceWordId[] = [
  ...(["issued_on", "supplied_on", "paid_on", "payment_reference", "seller", "buyer"] as const),
  ...(["vat_id", "item", "quantity", "unit_price", "vat_rate", "net", "vat", "gross"] as const),
  ...(["total_net", "total_vat", "total", "to_pay"] as const),
];

/** Directions are not seen, and readers of PDFs turn the ligature of lam and alef round. */
const legible = (text: string) =>
  text
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s\u00a0\u202f]+/gu, " ")
    .replace(/[لاأإآ]/g, "");

for (const language of languages) {
  test(`an invoice in ${language} shows title, heads and total, and breaks no word of them`, async () => {
    const content = contentOf(ofTwoRates(language));
    const text = legible((await textOf(await invoicePdf(content))).text);
    const word = invoiceWords(language);
    const say = sayIn(content);
    assert.equal(say.language, language);
    says(text, legible(word("invoice")), legible(say.money(content.total.gross)));
    for (const id of heads) says(text, ...word(id).split(" ").map(legible));
  });
}
