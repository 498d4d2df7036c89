// What an address looks like in the countries that a European shop sends to.
// Sources: each country's post; Universal Postal Union, https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions

export interface CountryRule {
  /** The code without blanks and hyphens, upper case. */
  readonly postalCode: RegExp;
  /** How that code is written. */
  readonly write: (compact: string) => string;
  /** Digits that a leading zero was lost from. */
  readonly padTo?: number;
  readonly isOptional?: boolean;
  /** "always": a street without a number is half an address. "streets": houses may have names instead. */
  readonly houseNumbers: "always" | "streets";
}

const asItIs = (code: string) => code;
const split = (at: number, by: string) => (code: string) =>
  `${code.slice(0, at)}${by}${code.slice(at)}`;

const digits = (postalCode: RegExp, more: Partial<CountryRule> = {}): CountryRule => ({
  postalCode,
  write: asItIs,
  houseNumbers: "always",
  ...more,
});

export const countryRules: Readonly<Record<string, CountryRule>> = {
  AT: digits(/^[1-9]\d{3}$/),
  BE: digits(/^[1-9]\d{3}$/),
  BG: digits(/^[1-9]\d{3}$/),
  CH: digits(/^[1-9]\d{3}$/),
  CY: digits(/^[1-9]\d{3}$/),
  CZ: digits(/^[1-7]\d{4}$/, { write: split(3, " ") }),
  DE: digits(/^(0[1-9]|[1-9]\d)\d{3}$/, { padTo: 5 }),
  DK: digits(/^\d{4}$/, { padTo: 4 }),
  EE: digits(/^\d{5}$/, { houseNumbers: "streets" }),
  ES: digits(/^(0[1-9]|[1-4]\d|5[0-2])\d{3}$/, { padTo: 5 }),
  FI: digits(/^\d{5}$/, { padTo: 5, houseNumbers: "streets" }),
  FR: digits(/^(0[1-9]|[1-8]\d|9[0-8])\d{3}$/, { padTo: 5 }),
  GB: {
    postalCode:
      /^(GIR0AA|[A-PR-UWYZ](\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRV-Y]?)\d[ABD-HJLNP-UW-Z]{2})$/,
    write: (code) => `${code.slice(0, -3)} ${code.slice(-3)}`,
    houseNumbers: "streets",
  },
  GR: digits(/^[1-8]\d{4}$/, { write: split(3, " ") }),
  HR: digits(/^[1-5]\d{4}$/),
  HU: digits(/^[1-9]\d{3}$/),
  IE: {
    postalCode: /^(D6W|[AC-FHKNPRTV-Y]\d\d)[0-9AC-FHKNPRTV-Y]{4}$/,
    write: split(3, " "),
    isOptional: true,
    houseNumbers: "streets",
  },
  IS: digits(/^[1-9]\d{2}$/, { houseNumbers: "streets" }),
  IT: digits(/^\d{5}$/, { padTo: 5 }),
  LI: digits(/^94(8[5-9]|9[0-8])$/),
  LT: digits(/^\d{5}$/, { padTo: 5 }),
  LU: digits(/^[1-9]\d{3}$/),
  LV: digits(/^\d{4}$/, { write: (code) => `LV-${code}`, houseNumbers: "streets" }),
  MT: { postalCode: /^[A-Z]{3}\d{2,4}$/, write: split(3, " "), houseNumbers: "streets" },
  NL: {
    postalCode: /^[1-9]\d{3}(?!SA|SD|SS)[A-Z]{2}$/,
    write: split(4, " "),
    houseNumbers: "always",
  },
  NO: digits(/^\d{4}$/, { padTo: 4, houseNumbers: "streets" }),
  PL: digits(/^\d{5}$/, { write: split(2, "-") }),
  PT: digits(/^[1-9]\d{6}$/, { write: split(4, "-") }),
  RO: digits(/^\d{6}$/, { padTo: 6 }),
  RS: digits(/^[1-3]\d{4}$/),
  SE: digits(/^[1-9]\d{4}$/, { write: split(3, " "), houseNumbers: "streets" }),
  SI: digits(/^[1-9]\d{3}$/),
  SK: digits(/^[089]\d{4}$/, { write: split(3, " "), padTo: 5 }),
  TR: digits(/^(0[1-9]|[1-7]\d|8[01])\d{3}$/, { padTo: 5 }),
  UA: digits(/^\d{5}$/, { padTo: 5 }),
};

/** As cars carry them, and as people still write them before a postal code. */
const carSigns = /^(FIN|SLO|[ABDEFHILNPSV])[-\s]+(?=\d)/;

/** Upper case, without blanks, hyphens and the country before it: "SE-211 34" is 21134, "L-1234" is 1234. */
export function compactPostalCode(written: string, country: string): string {
  const trimmed = written
    .trim()
    .toUpperCase()
    .replaceAll(/[\u2010-\u2015]/g, "-");
  const isInDigits = !["GB", "IE", "MT"].includes(country);
  const own = isInDigits && new RegExp(`^${country}[-\\s]*(?=\\d)`);
  const bare = own ? trimmed.replace(own, "").replace(carSigns, "") : trimmed;
  return bare.replaceAll(/[\s.-]/g, "");
}
