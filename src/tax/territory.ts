// Where goods go, as VAT sees it: from the country and the postal code, never from the country alone.
import { countryCode } from "./countries.ts";
import { type Held, held } from "./hold-reason.ts";
import {
  decidingPostcode,
  euStates,
  mainlandCities,
  ownCodes,
  postcodePlaces,
  telltaleCities,
} from "./special-places.ts";

export interface Place {
  /** "FI"; "XI" for Northern Ireland; "FR" for Monaco; "FR-RE", "ES-CN" and so on for special places. */
  readonly code: string;
  /** Whose VAT is due: an EU state or XI. Undefined outside the EU's VAT area. */
  readonly vatState: string | undefined;
  /** Where its rates stand in the table, for places with VAT. */
  readonly rates: string;
  /** What an adviser should look at. */
  readonly review?: string;
}

export interface Destination {
  readonly country: string | null | undefined;
  readonly postcode?: string | null | undefined;
  readonly city?: string | null | undefined;
}

export type Resolved = { readonly kind: "place"; readonly place: Place } | Held;

export function resolvePlace(to: Destination): Resolved {
  const country = countryCode(to.country);
  if (country === undefined) {
    return held("TERRITORY_UNKNOWN", `"${to.country ?? ""}" is no country: where do the goods go?`);
  }
  const postcode = bare(to.postcode, country);
  const code = codeOf(country, postcode);
  if (typeof code !== "string") return code;
  const contradiction = cityContradicts(country, code, to);
  if (contradiction) return contradiction;
  if (code === "CY-NORTH" || (country === "TR" && /mersin\s*10/i.test(to.city ?? ""))) {
    return held("OUT_OF_SCOPE", "Northern Cyprus: EU VAT does not apply there as it stands.");
  }
  if (code === "SJ") {
    return held("OUT_OF_SCOPE", "Svalbard and Jan Mayen are outside Norway's VAT: decide by hand.");
  }
  return { kind: "place", place: placeOf(code, postcode) };
}

function codeOf(country: string, postcode: string): string | Held {
  const own = ownCodes[country];
  if (own) {
    const [code, form] = own;
    if (postcode === "") return code;
    if (!form.test(postcode)) return contradictory(country, postcode);
    // Guadeloupe's range holds the postal codes of two islands that left it.
    return country === "GP" ? byPostcode("FR", postcode) : code;
  }
  // Ceuta and Melilla share one code.
  if (country === "EA") {
    if (/^5[12]\d{3}$/.test(postcode)) return byPostcode("ES", postcode);
    return postcode === "" ? unknownPostcode(country) : contradictory(country, postcode);
  }
  if (country === "IE" && /^BT\d/.test(postcode)) return contradictory(country, postcode);
  const form = decidingPostcode[country];
  if (form && !form.test(postcode)) return unknownPostcode(country, postcode);
  return byPostcode(country, postcode);
}

function byPostcode(country: string, postcode: string): string {
  return postcodePlaces[country]?.find(([range]) => range.test(postcode))?.[1] ?? country;
}

function cityContradicts(country: string, code: string, to: Destination): Held | undefined {
  const city = (to.city ?? "").trim().toLowerCase();
  const told = telltaleCities[city];
  const isElsewhere = told !== undefined && told !== code && reaches(country, told);
  const isMainland = code !== country && mainlandCities[country]?.includes(city);
  if (!isElsewhere && !isMainland) return undefined;
  return held(
    "TERRITORY_CONTRADICTORY",
    `The city and the postal code are two different VAT territories (${told ?? country} and ${code}).`,
  );
}

/** There may be a Belfast in another country; only where the country has that special place does its name tell. */
function reaches(country: string, place: string): boolean {
  if (ownCodes[country] !== undefined) return true;
  return postcodePlaces[country]?.some(([, code]) => code === place) ?? false;
}

// The islands whose Greek rates are lower for sellers who are there: N. Aegean, Dodecanese, Samothrace.
const greekIslands = /^(8[1-3]|85|68002)/;

function placeOf(code: string, postcode: string): Place {
  const vatState = vatStateOf(code);
  const place = { code, vatState, rates: code };
  if (code === "PT-20" || code === "PT-30") {
    return { ...place, review: "Regional rate of Portugal: have an adviser confirm it for you." };
  }
  if (code === "FR" && /^20/.test(postcode)) return { ...place, rates: "FR-CORSICA" };
  if (code === "AT" && /^(6691|699[1-3])$/.test(postcode)) {
    return { ...place, review: "Jungholz and Mittelberg have 19 % for sellers who are there." };
  }
  if (code === "GR" && greekIslands.test(postcode)) return { ...place, rates: "GR-ISLANDS" };
  return place;
}

function vatStateOf(code: string): string | undefined {
  if (code === "XI" || euStates.has(code)) return code;
  return code.startsWith("PT-") ? "PT" : undefined;
}

/** IM1 1AA, JE2 3AB and AD500 are whole: their letters are no prefix. */
const beginsWithItsCountry = new Set(["AD", "IM", "JE"]);

/** "FI-00100", "L-1111" and "111 22" without what is not the code itself. */
function bare(postcode: string | null | undefined, country: string): string {
  const packed = (postcode ?? "").toUpperCase().replace(/\s/g, "");
  const prefix = new RegExp(`^([A-Z]{1,3}-|${country}(?=\\d))(?=\\d)`);
  const code = beginsWithItsCountry.has(country) ? packed : packed.replace(prefix, "");
  return code.replace(/[-.]/g, "");
}

function contradictory(country: string, postcode: string): Held {
  return held(
    "TERRITORY_CONTRADICTORY",
    `The postal code ${postcode} does not belong to ${country}: two different VAT territories.`,
  );
}

function unknownPostcode(country: string, postcode = ""): Held {
  const what = postcode === "" ? "missing" : `no postal code of ${country} (${postcode})`;
  return held(
    "TERRITORY_UNKNOWN",
    `In ${country} the postal code decides whose VAT is due, and it is ${what}.`,
  );
}

/** Whether goods that go there stay inside the EU's VAT area. An address that cannot be placed counts by its country. */
export function isInEuVatArea(country: string, postalCode?: string): boolean {
  const resolved = resolvePlace({ country, postcode: postalCode });
  if (resolved.kind === "held") return euStates.has(country) || country === "MC";
  const { vatState } = resolved.place;
  return vatState !== undefined && vatState !== "XI";
}
