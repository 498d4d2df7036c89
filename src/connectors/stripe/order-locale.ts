import { chooseLocale } from "../../language/choose-locale.ts";

// Countries with one language of the post office and the shops. Elsewhere (BE, CH, CY, FI, LU, MT,
// ...) only the customer can tell.
const languageOfCountry: Readonly<Record<string, string>> = {
  AT: "de",
  AX: "sv",
  BG: "bg",
  CZ: "cs",
  DE: "de",
  DK: "da",
  EE: "et",
  ES: "es",
  FR: "fr",
  GB: "en",
  GR: "el",
  HR: "hr",
  HU: "hu",
  IE: "en",
  IS: "is",
  IT: "it",
  LI: "de",
  LT: "lt",
  LV: "lv",
  NL: "nl",
  NO: "nb",
  PL: "pl",
  PT: "pt",
  RO: "ro",
  RS: "sr",
  SE: "sv",
  SI: "sl",
  SK: "sk",
  TR: "tr",
  UA: "uk",
};

export interface LocaleHints {
  readonly metadata: string | null | undefined;
  /** Null and "auto" are Stripe's words for "whatever the browser says". */
  readonly session: string | null | undefined;
  readonly customer: string | null | undefined;
  readonly shippingCountry: string | undefined;
}

export function orderLocale(hints: LocaleHints, fallback: string): { tag: string; source: string } {
  const { shippingCountry } = hints;
  const candidates = [
    { tag: hints.metadata, source: "metadata" },
    { tag: hints.session, source: "session" },
    { tag: hints.customer, source: "customer" },
    { tag: shippingCountry && languageOfCountry[shippingCountry], source: "shipping country" },
  ];
  return chooseLocale(candidates, fallback);
}
