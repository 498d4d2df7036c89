// The lines of a label, in letters that carriers print, in the order of the country they go to.
import type { AddressField, WrittenAddress } from "./address-codes.ts";
import { transliterate } from "./transliterate.ts";
import { wrapWords } from "./wrap-words.ts";

/** Characters that fit on one line. Those of PostNord's booking, the narrowest that is verified. */
export const labelLimits = { name: 60, company: 60, line1: 50, line2: 50, city: 35 } as const;

/** A street may take this many lines. */
const mostStreetLines = 4;

export interface Label {
  readonly lines: readonly string[];
  /** Fields that no break between words makes fit. */
  readonly tooLong: readonly AddressField[];
}

export function labelOf(address: WrittenAddress): Label {
  const { country } = address;
  const tooLong: AddressField[] = [];
  const wrapped = (field: keyof typeof labelLimits) => {
    const lines = wrapWords(transliterate(address[field], country), labelLimits[field]);
    if (!lines) tooLong.push(field);
    return lines ?? [];
  };
  const street = [...wrapped("line1"), ...wrapped("line2")];
  if (street.length > mostStreetLines) tooLong.push("line1");
  const city = wrapped("city");
  if (city.length > 1) tooLong.push("city");
  const lines = [
    ...wrapped("name"),
    ...wrapped("company"),
    ...street,
    ...cityLines({ ...address, city: city[0] ?? "" }),
    countryName(country),
  ];
  return { lines: lines.filter((line) => line !== ""), tooLong };
}

function cityLines({ country, city, postalCode, state }: WrittenAddress): string[] {
  if (country === "GB" || country === "IE") return [city, postalCode];
  if (country === "LV") return [[city, postalCode].filter(Boolean).join(", ")];
  if (country === "LT") return [`LT-${postalCode} ${city}`.trim()];
  if (country === "HU") return [`${postalCode} ${city}`.trim()];
  const province = country === "IT" || country === "US" ? transliterate(state, country) : "";
  return [[postalCode, city, province].filter(Boolean).join(" ")];
}

const english = new Intl.DisplayNames(["en"], { type: "region" });

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (english.of(code) ?? code).toUpperCase() : "";
}
