// Where a parcel goes, in the words that PostNord's services and customs are decided by.
import { isInEuVatArea } from "../../tax/territory.ts";

interface Destination {
  readonly country: string;
  readonly postalCode: string;
}

const eu = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);
const nordic = new Set(["SE", "DK", "NO", "FI", "AX"]);
// PostNord says "Europe" and publishes no list: an agreement may say less (option `countries`).
const elsewhereInEurope =
  "AD AL AX BA CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS SM UA VA XK".split(" ");

export type Region = "domestic" | "nordic" | "eu" | "rest";

/** Which of PostNord's areas the parcel goes to; `home` is where it starts. */
export function isIn(region: Region, to: Destination, home: string): boolean {
  switch (region) {
    case "domestic":
      return to.country === home || (to.country === "AX" && home === "FI");
    case "nordic":
      return nordic.has(to.country);
    case "eu":
      return eu.has(to.country) || to.country === "AX";
    case "rest":
      return true;
  }
}

/** Whether parcels go there at all. France's overseas departments carry France's country code. */
export function isInEurope(to: Destination): boolean {
  if (to.country === "FR" && /^9[78]/.test(to.postalCode) && !/^980/.test(to.postalCode)) {
    return false;
  }
  return eu.has(to.country) || elsewhereInEurope.includes(to.country);
}

/** Two addresses with one customs area need no customs data between them. */
export function needsCustoms(from: Destination, to: Destination): boolean {
  return customsArea(from) !== customsArea(to);
}

function customsArea({ country, postalCode }: Destination): string {
  // Goods for Northern Ireland follow the EU's rules.
  if (country === "GB" && /^BT/.test(postalCode)) return "EU";
  if (isInEuVatArea(country, postalCode)) return "EU";
  if (country === "AX" || (country === "FI" && /^22/.test(postalCode))) return "AX";
  // A special postal code of a member state, such as the Canary Islands: an area of its own.
  return eu.has(country) ? `${country}-${postalCode}` : country;
}
