// Where a parcel goes, in the words that PostNord's services and customs are decided by.
import { type Destination, euStates, ownCountryCode } from "../../connector-kit/customs-border.ts";

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
      return euStates.has(to.country) || to.country === "AX";
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
  return euStates.has(to.country) || elsewhereInEurope.includes(to.country);
}
