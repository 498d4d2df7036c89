import type { AddressProblem } from "./address-codes.ts";
import { citiesAt, cityAt } from "./city-of-postal-code.ts";
import { type CountryRule, countryRules } from "./country-rules.ts";
import type { NormalisedAddress } from "./normalise-address.ts";
import { territoryOf } from "./service-area.ts";

const field = "postalCode";

/** The code by itself, and against country and city. */
export function judgePostalCode(given: NormalisedAddress): AddressProblem[] {
  const { address, country = "", compactCode } = given;
  const rule = countryRules[country === "AX" ? "FI" : country];
  if (!compactCode) {
    const isNeeded = rule ? !rule.isOptional : !withoutPostalCodes.has(country);
    if (!isNeeded) return judgeCity(given, undefined);
    return [{ code: "POSTCODE_MISSING", field, why: "The postal code is missing.", holds: true }];
  }
  if (!rule) return judgeCity(given, undefined);
  if (!rule.postalCode.test(compactCode)) return [misshapen(given, rule)];
  const territory = territoryOf(country, compactCode);
  const problems: AddressProblem[] = judgeCity(given, rule);
  if (territory) {
    const why = `${address.postalCode} lies in ${territory}: VAT and customs follow that.`;
    problems.push({ code: "POSTCODE_COUNTRY_CONFLICT", field, why, holds: false });
  }
  return problems;
}

/** Countries that have none. */
const withoutPostalCodes = new Set(["HK", "AE", "QA", "MO"]);

function misshapen(
  { address, country, compactCode }: NormalisedAddress,
  rule: CountryRule,
): AddressProblem {
  const { postalCode } = address;
  const other = /^([A-Z]{2})[-\s]+\d/.exec(postalCode)?.[1];
  if (other && other !== country && countryRules[other]) {
    const why = `The postal code ${postalCode.slice(0, 20)} names ${other}, and the address ${country}.`;
    return { code: "POSTCODE_COUNTRY_CONFLICT", field, why, holds: true };
  }
  const why = `"${postalCode.slice(0, 20)}" is no postal code of ${country}.`;
  const mended = mend(compactCode, rule);
  const suggestion = mended && { suggestion: { postalCode: rule.write(mended) } };
  return { code: "POSTCODE_FORMAT", field, why, holds: true, ...suggestion };
}

/** A letter O for a zero, an I for a one, a leading zero that a table program dropped. */
function mend(code: string, { postalCode, padTo }: CountryRule): string | undefined {
  if (code.length > 10) return undefined;
  const inDigits = code.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  const candidates = [inDigits, ...(padTo === code.length + 1 ? [`0${inDigits}`] : [])];
  return candidates.find((candidate) => postalCode.test(candidate));
}

function judgeCity(
  { address, country = "", compactCode }: NormalisedAddress,
  rule: CountryRule | undefined,
) {
  const problems: AddressProblem[] = [];
  const at = { code: "POSTCODE_CITY_MISMATCH", field: "city", holds: true } as const;
  const { city, postalCode } = address;
  if (!city) {
    const [there] = citiesAt(country, compactCode);
    const suggestion = there ? { suggestion: { city: there } } : {};
    problems.push({ ...at, why: "The city is missing.", ...suggestion });
    return problems;
  }
  if (!rule || !compactCode) return problems;
  const verdict = cityAt(country === "AX" ? "FI" : country, compactCode, city);
  if (verdict.kind !== "differ") return problems;
  const [there = ""] = verdict.cities;
  const why = `${postalCode} is ${verdict.cities.join(" or ")}, and "${city.slice(0, 40)}" has other codes.`;
  problems.push({ ...at, why, suggestion: { city: there } });
  return problems;
}
