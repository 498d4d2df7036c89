// The words of every language that we write to customers in.
import ar from "./messages/ar.json" with { type: "json" };
import bg from "./messages/bg.json" with { type: "json" };
import cs from "./messages/cs.json" with { type: "json" };
import da from "./messages/da.json" with { type: "json" };
import de from "./messages/de.json" with { type: "json" };
import el from "./messages/el.json" with { type: "json" };
import en from "./messages/en.json" with { type: "json" };
import es from "./messages/es.json" with { type: "json" };
import et from "./messages/et.json" with { type: "json" };
import fi from "./messages/fi.json" with { type: "json" };
import fr from "./messages/fr.json" with { type: "json" };
import ga from "./messages/ga.json" with { type: "json" };
import he from "./messages/he.json" with { type: "json" };
import hr from "./messages/hr.json" with { type: "json" };
import hu from "./messages/hu.json" with { type: "json" };
import is from "./messages/is.json" with { type: "json" };
import it from "./messages/it.json" with { type: "json" };
import lt from "./messages/lt.json" with { type: "json" };
import lv from "./messages/lv.json" with { type: "json" };
import mt from "./messages/mt.json" with { type: "json" };
import nb from "./messages/nb.json" with { type: "json" };
import nl from "./messages/nl.json" with { type: "json" };
import pl from "./messages/pl.json" with { type: "json" };
import pt from "./messages/pt.json" with { type: "json" };
import ro from "./messages/ro.json" with { type: "json" };
import sk from "./messages/sk.json" with { type: "json" };
import sl from "./messages/sl.json" with { type: "json" };
import sr from "./messages/sr.json" with { type: "json" };
import srLatn from "./messages/sr-Latn.json" with { type: "json" };
import sv from "./messages/sv.json" with { type: "json" };
import tr from "./messages/tr.json" with { type: "json" };
import uk from "./messages/uk.json" with { type: "json" };

export type MessageId = keyof typeof en;
type Messages = Readonly<Record<MessageId, string>>;

/** By language; adding one is a JSON file and a line here. */
export const catalogue = {
  ar,
  bg,
  cs,
  da,
  de,
  el,
  en,
  es,
  et,
  fi,
  fr,
  ga,
  he,
  hr,
  hu,
  is,
  it,
  lt,
  lv,
  mt,
  nb,
  nl,
  pl,
  pt,
  ro,
  sk,
  sl,
  sr,
  "sr-Latn": srLatn,
  sv,
  tr,
  uk,
} as const satisfies Record<string, Messages>;

export type Language = keyof typeof catalogue;

export const languages: readonly Language[] = Object.keys(catalogue).filter(isLanguage);

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(catalogue, tag);
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" || language === "he" ? "rtl" : "ltr";
}
