// The words of invoices and credit notes, one file a language: every language that letters have.
import { IntlMessageFormat } from "intl-messageformat";
import type { Language } from "./catalogue.ts";
import ar from "./invoice-messages/ar.json" with { type: "json" };
import bg from "./invoice-messages/bg.json" with { type: "json" };
import cs from "./invoice-messages/cs.json" with { type: "json" };
import da from "./invoice-messages/da.json" with { type: "json" };
import de from "./invoice-messages/de.json" with { type: "json" };
import el from "./invoice-messages/el.json" with { type: "json" };
import en from "./invoice-messages/en.json" with { type: "json" };
import es from "./invoice-messages/es.json" with { type: "json" };
import et from "./invoice-messages/et.json" with { type: "json" };
import fi from "./invoice-messages/fi.json" with { type: "json" };
import fr from "./invoice-messages/fr.json" with { type: "json" };
import ga from "./invoice-messages/ga.json" with { type: "json" };
import he from "./invoice-messages/he.json" with { type: "json" };
import hr from "./invoice-messages/hr.json" with { type: "json" };
import hu from "./invoice-messages/hu.json" with { type: "json" };
import is from "./invoice-messages/is.json" with { type: "json" };
import it from "./invoice-messages/it.json" with { type: "json" };
import lt from "./invoice-messages/lt.json" with { type: "json" };
import lv from "./invoice-messages/lv.json" with { type: "json" };
import mt from "./invoice-messages/mt.json" with { type: "json" };
import nb from "./invoice-messages/nb.json" with { type: "json" };
import nl from "./invoice-messages/nl.json" with { type: "json" };
import pl from "./invoice-messages/pl.json" with { type: "json" };
import pt from "./invoice-messages/pt.json" with { type: "json" };
import ro from "./invoice-messages/ro.json" with { type: "json" };
import sk from "./invoice-messages/sk.json" with { type: "json" };
import sl from "./invoice-messages/sl.json" with { type: "json" };
import sr from "./invoice-messages/sr.json" with { type: "json" };
import srLatn from "./invoice-messages/sr-Latn.json" with { type: "json" };
import sv from "./invoice-messages/sv.json" with { type: "json" };
import tr from "./invoice-messages/tr.json" with { type: "json" };
import uk from "./invoice-messages/uk.json" with { type: "json" };

export type InvoiceWordId = keyof typeof en;
type Words = Readonly<Record<InvoiceWordId, string>>;

export const invoiceCatalogue: Readonly<Record<string, Words>> = {
  ...{ ar, bg, cs, da, de, el, en, es, et, fi, fr, ga, he, hr, hu },
  ...{ is, it, lt, lv, mt, nb, nl, pl, pt, ro, sk, sl, sr, sv, tr, uk },
  "sr-Latn": srLatn,
} satisfies Record<Language, Words>;

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
