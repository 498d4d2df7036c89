// Where a parcel may go at all.
import { countryRules } from "./country-rules.ts";

export const servedCountries: ReadonlySet<string> = new Set([...Object.keys(countryRules), "AX"]);

// Council Regulations (EU) 833/2014 (Russia), 765/2006 (Belarus), 267/2012 (Iran), 36/2012 (Syria), 2017/1509 (North
// Korea), 2022/263 and 692/2014 (the occupied parts of Ukraine). A shop's lawyer decides; no parcel leaves unasked.
const sanctioned = new Set(["RU", "BY", "IR", "SY", "KP"]);
/** Crimea, Sevastopol, and the cities of Donetsk and Luhansk. */
const occupied = /^(9[5-9]|83|91)/;

export function isSanctioned(country: string, compactCode: string): boolean {
  return sanctioned.has(country) || (country === "UA" && occupied.test(compactCode));
}

interface Territory {
  readonly country: string;
  readonly code: RegExp;
  readonly name: string;
}

/** Codes inside a country whose VAT or customs are not that country's. */
const territories: readonly Territory[] = [
  { country: "FI", code: /^22\d{3}$/, name: "Åland" },
  { country: "GB", code: /^BT/, name: "Northern Ireland" },
  { country: "GB", code: /^(JE|GY|IM)/, name: "the Channel Islands or the Isle of Man" },
  { country: "ES", code: /^(35|38)/, name: "the Canary Islands" },
  { country: "ES", code: /^5[12]/, name: "Ceuta or Melilla" },
  { country: "DE", code: /^(78266|27498)$/, name: "Büsingen or Heligoland" },
  { country: "IT", code: /^(23041|22061|22060)$/, name: "Livigno or Campione d'Italia" },
  { country: "GR", code: /^63086$/, name: "Mount Athos" },
  { country: "FR", code: /^9[78]/, name: "a French overseas territory or Monaco" },
  { country: "AT", code: /^(6691|6991|6992|6993)$/, name: "Jungholz or Mittelberg" },
];

export function territoryOf(country: string, compactCode: string): string | undefined {
  return territories.find((one) => one.country === country && one.code.test(compactCode))?.name;
}
