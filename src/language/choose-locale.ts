// Which language a customer asked for: the first candidate that is a language tag at all.

interface LocaleCandidate {
  readonly tag: string | null | undefined;
  /** Where it was found, e.g. "metadata" or "session". */
  readonly source: string;
}

/**
 * The first real BCP 47 tag among `candidates`, canonical; else `fallback`, whose source is "shop".
 */
export function chooseLocale(
  candidates: readonly LocaleCandidate[],
  fallback: string,
): { tag: string; source: string } {
  for (const { tag, source } of candidates) {
    const canonical = canonicalTag(tag);
    if (canonical) return { tag: canonical, source };
  }
  return { tag: canonicalTag(fallback) ?? "en", source: "shop" };
}

// Well-formed, but no language: Stripe's word for "ask the browser", and ISO 639's for "unknown",
// "many", "none".
const notLanguages = new Set(["auto", "und", "mul", "zxx"]);

// Retired or vague names. ICU knows some of them; no version of it knows all.
const renamed: Readonly<Record<string, string>> = { iw: "he", no: "nb", sh: "sr-Latn" };

const maxTagLength = 35;
const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/**
 * `tag` in canonical form, or undefined when it names no language. Reads "fi_FI" as well: shop
 * software writes that.
 */
export function canonicalTag(tag: string | null | undefined): string | undefined {
  const written = tag?.trim();
  if (!written || written.length > maxTagLength) return undefined;
  try {
    const [language = "", ...rest] = written.replaceAll("_", "-").split("-");
    const current = Object.hasOwn(renamed, language.toLowerCase())
      ? renamed[language.toLowerCase()]
      : language;
    const canonical = Intl.getCanonicalLocales([current, ...rest].join("-"))[0];
    const primary = canonical?.split("-")[0];
    if (!canonical || !primary || canonical.length > maxTagLength) return undefined;
    if (notLanguages.has(primary) || !languageNames.of(primary)) return undefined;
    return canonical;
  } catch {
    // Intl throws a RangeError for anything that is not well-formed.
    return undefined;
  }
}
