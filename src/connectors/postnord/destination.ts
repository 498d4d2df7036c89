// Where a parcel goes, in the words that PostNord's services and customs are decided by.
import { isInEuVatArea } from "../../tax/territory.ts";

interface Destination {
  readonly country: string;
  readonly postalCode: string;
}

const eu = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);
export const nordic: ReadonlySet<string> = new Set(["SE", "DK", "NO", "FI", "AX"]);
// PostNord says "Europe" and publishes no list: an agreement may say less (option `countries`).
const elsewhereInEurope =
  "AD AL AX BA CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS SM UA VA XK".split(" ");

export type Region = "domestic" | "nordic" | "eu" | "world" | "rest";

/** Which of PostNord's areas the parcel goes to; `home` is where it starts. */
export function isIn(region: Region, to: Destination, home: string): boolean {
  switch (region) {
    case "domestic":
      return to.country === home || (to.country === "AX" && home === "FI");
    case "nordic":
      return nordic.has(to.country);
    case "eu":
      return eu.has(to.country) || to.country === "AX";
    case "world":
      return !isInEurope(to);
    case "rest":
      return true;
  }
}

/** France's overseas departments carry France's country code, and Greenland is often written as DK. */
export function isInEurope(to: Destination): boolean {
  if (ownCountryCode(to) === "GL") return false;
  if (to.country === "FR" && /^9[78]/.test(to.postalCode) && !/^980/.test(to.postalCode)) {
    return false;
  }
  return eu.has(to.country) || elsewhereInEurope.includes(to.country);
}

/** Whether the country is in the EU's customs union; Åland and other corners outside its VAT area are. */
export function isInEu(country: string): boolean {
  return eu.has(country) || country === "AX" || country === "MC";
}

/** Service 91 knows Åland, Greenland and the Faroe Islands by their own codes only. */
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
  return eu.has(country) ? `${country}-${postalCode}` : country;
}
