// The words of invoices and credit notes, one file a language. What has no words yet is said in English.
import { IntlMessageFormat } from "intl-messageformat";
import ar from "./invoice-messages/ar.json" with { type: "json" };
import da from "./invoice-messages/da.json" with { type: "json" };
import de from "./invoice-messages/de.json" with { type: "json" };
import en from "./invoice-messages/en.json" with { type: "json" };
import es from "./invoice-messages/es.json" with { type: "json" };
import et from "./invoice-messages/et.json" with { type: "json" };
import fi from "./invoice-messages/fi.json" with { type: "json" };
import fr from "./invoice-messages/fr.json" with { type: "json" };
import he from "./invoice-messages/he.json" with { type: "json" };
import it from "./invoice-messages/it.json" with { type: "json" };
import nb from "./invoice-messages/nb.json" with { type: "json" };
import nl from "./invoice-messages/nl.json" with { type: "json" };
import sv from "./invoice-messages/sv.json" with { type: "json" };

export type InvoiceWordId = keyof typeof en;
type Words = Readonly<Record<InvoiceWordId, string>>;

export const invoiceCatalogue: Readonly<Record<string, Words>> = {
  ...{ ar, da, de, en, es, et, fi, fr, he, it, nb, nl, sv },
} satisfies Record<string, Words>;

export type InvoiceWord = (
  id: InvoiceWordId,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** Throws when a value is missing; values stay plain text, whatever is in them. */
export function invoiceWords(language: string): InvoiceWord {
  const isKnown = Object.hasOwn(invoiceCatalogue, language);
  const words = (isKnown ? invoiceCatalogue[language] : undefined) ?? en;
  return (id, values = {}) => {
    const message = new IntlMessageFormat(words[id], isKnown ? language : "en", undefined, {
      ignoreTag: true,
    });
    return String(message.format({ ...values }));
  };
}

/** The language that the words are really in. */
export function languageOfInvoice(language: string): string {
  return Object.hasOwn(invoiceCatalogue, language) ? language : "en";
}
