import { languageNow } from "../language/words.ts";

function nameOf(type: "region" | "language", code: string): string {
  try {
    return new Intl.DisplayNames(languageNow() === "fi" ? "fi" : "en", { type }).of(code) ?? code;
  } catch {
    // What the customer's browser called a language need not be one.
    return code;
  }
}

/** "Finland" for "FI". */
export const countryName = (code: string): string => nameOf("region", code);
/** "Swedish" for "sv". */
export const languageName = (tag: string): string => nameOf("language", tag);
