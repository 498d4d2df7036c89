// The words of every language that we write to customers in.
import ar from "./messages/ar.json" with { type: "json" };
import da from "./messages/da.json" with { type: "json" };
import de from "./messages/de.json" with { type: "json" };
import en from "./messages/en.json" with { type: "json" };
import es from "./messages/es.json" with { type: "json" };
import et from "./messages/et.json" with { type: "json" };
import fi from "./messages/fi.json" with { type: "json" };
import fr from "./messages/fr.json" with { type: "json" };
import he from "./messages/he.json" with { type: "json" };
import it from "./messages/it.json" with { type: "json" };
import nb from "./messages/nb.json" with { type: "json" };
import nl from "./messages/nl.json" with { type: "json" };
import sv from "./messages/sv.json" with { type: "json" };

export type MessageId = keyof typeof en;
type Messages = Readonly<Record<MessageId, string>>;

/** By language; adding one is a JSON file and a line here. */
export const catalogue = {
  ar,
  da,
  de,
  en,
  es,
  et,
  fi,
  fr,
  he,
  it,
  nb,
  nl,
  sv,
} as const satisfies Record<string, Messages>;

export type Language = keyof typeof catalogue;

export const languages: readonly Language[] = Object.keys(catalogue).filter(isLanguage);

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(catalogue, tag);
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" || language === "he" ? "rtl" : "ltr";
}
