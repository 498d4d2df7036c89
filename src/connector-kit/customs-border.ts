// Whether a parcel crosses a customs border, whatever carries it.
import { isInEuVatArea } from "../tax/territory.ts";

export interface Destination {
  readonly country: string;
  readonly postalCode: string;
}

export const euStates: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

/** Whether the country is in the EU's customs union; Åland and other corners outside its VAT area are. */
export function isInEu(country: string): boolean {
  return euStates.has(country) || country === "AX" || country === "MC";
}

/** Åland, Greenland and the Faroe Islands have codes of their own, and are often written without. */
export function ownCountryCode({ country, postalCode }: Destination): string {
  if (country === "FI" && /^22\d{3}$/.test(postalCode)) return "AX";
  if (country !== "DK") return country;
  if (/^39\d{2}$/.test(postalCode)) return "GL";
  return /^\d{3}$/.test(postalCode) ? "FO" : "DK";
}

/** Two addresses with one customs area need no customs data between them. */
export function needsCustoms(from: Destination, to: Destination): boolean {
  return customsArea(from) !== customsArea(to);
}

function customsArea({ country, postalCode }: Destination): string {
  // Goods for Northern Ireland follow the EU's rules.
  if (country === "GB" && /^BT/.test(postalCode)) return "EU";
  const own = ownCountryCode({ country, postalCode });
  if (own !== country) return own;
  if (isInEuVatArea(country, postalCode)) return "EU";
  // A special postal code of a member state, such as the Canary Islands: an area of its own.
  return euStates.has(country) ? `${country}-${postalCode}` : country;
}
