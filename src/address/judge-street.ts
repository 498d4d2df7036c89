import type { AddressProblem, Service } from "./address-codes.ts";
import { lockers, postBox, postBoxIn, streetWord, withoutNumber } from "./address-words.ts";
import { countryRules } from "./country-rules.ts";
import type { NormalisedAddress } from "./normalise-address.ts";

/** A door that somebody can stand in front of. */
export function judgeStreet(
  { address, country = "", compactCode }: NormalisedAddress,
  service: Service,
): AddressProblem[] {
  const { line1, line2, company, name } = address;
  const at = { field: "line1", holds: true } as const;
  const street = [line1, line2].filter(Boolean);
  if (street.length === 0) {
    return [{ ...at, code: "HOUSE_NUMBER_MISSING", why: "The street is missing." }];
  }
  const isBox = street.some((line) => postBox.test(line) || postBoxIn[country]?.test(line));
  if (isBox) {
    const why = "A courier cannot deliver to a post office box.";
    const isFine = service === "mail" || service === "service_point";
    return isFine ? [] : [{ ...at, code: "PO_BOX_FOR_COURIER", why }];
  }
  const whole = [...street, company, name].join(" ");
  for (const { locker, id, what } of lockers) {
    if (!street.some((line) => locker.test(line))) continue;
    const numbered = whole.replace(/\b(packstation|postfiliale) \d+/i, "");
    const why = `A parcel locker needs the receiver's ${what}.`;
    return id.test(numbered) ? [] : [{ ...at, code: "PARCEL_LOCKER_WITHOUT_ID", why }];
  }
  if (hasHouse(street, country, compactCode)) return [];
  return [{ ...at, code: "HOUSE_NUMBER_MISSING", why: "The street has no house number." }];
}

function hasHouse(street: readonly string[], country: string, compactCode: string): boolean {
  const rule = countryRules[country === "AX" ? "FI" : country];
  if (!rule || street.some((line) => /\p{N}/u.test(line) || withoutNumber.test(line))) return true;
  if (rule.houseNumbers === "always") return false;
  // Ireland's code names the house, not the street.
  if (country === "IE" && compactCode) return true;
  const [line = ""] = street;
  const isNamedHouse = line.includes(",") || street.length > 1;
  return isNamedHouse || !streetWord.test(line);
}
