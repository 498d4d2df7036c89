import { match } from "@formatjs/intl-localematcher";
import { isLanguage, type Language, languages } from "./catalogue.ts";
import { canonicalTag } from "./choose-locale.ts";

/** The nearest language that we have words for; English when none is near. */
export function matchLocale(tag: string): Language {
  const wanted = plainTag(tag);
  if (!wanted) return "en";
  const found = match([wanted], languages, "en");
  return isLanguage(found) ? found : "en";
}

/**
 * The customer's own region for numbers and dates ("de-CH") when it speaks `language`; else
 * `language` itself.
 */
export function regionalTag(tag: string, language: Language): string {
  const wanted = plainTag(tag);
  return wanted && new Intl.Locale(wanted).language === language ? wanted : language;
}

// Extensions ("-u-nu-thai") would change digits and calendars under our feet, and slow the matcher
// down.
function plainTag(tag: string): string | undefined {
  const canonical = canonicalTag(tag);
  return canonical && new Intl.Locale(canonical).baseName;
}
