// Whether a parcel can reach this party, before a label is bought. Only white space is normalised: nothing is guessed.
import type { Party } from "../order/order.ts";

export interface AddressProblem {
  readonly cause:
    | "address.incomplete"
    | "address.postal_code"
    | "address.street_missing"
    | "address.email_invalid";
  readonly field: string;
  readonly why: string;
}

// Postal codes of the countries a Nordic parcel goes to most. Source of the patterns: each country's post.
const postalCodes: Readonly<Record<string, RegExp>> = {
  AT: /^\d{4}$/,
  BE: /^\d{4}$/,
  DE: /^\d{5}$/,
  DK: /^\d{4}$/,
  EE: /^\d{5}$/,
  ES: /^\d{5}$/,
  FI: /^\d{5}$/,
  FR: /^\d{5}$/,
  IT: /^\d{5}$/,
  LT: /^(LT-)?\d{5}$/,
  LV: /^(LV-)?\d{4}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  NO: /^\d{4}$/,
  PL: /^\d{2}-?\d{3}$/,
  SE: /^\d{3} ?\d{2}$/,
};

// Ireland's Eircode may be left out of an address.
const withoutPostalCode = new Set(["IE", "HK", "AE"]);

export function deliveryProblem(party: Party): AddressProblem | undefined {
  const { address } = party;
  const at = (field: string) => `shipTo.address.${field}`;
  if (!address?.country) {
    return { cause: "address.incomplete", field: at("country"), why: "The country is missing." };
  }
  if (!party.name?.trim() && !party.company?.trim()) {
    return {
      cause: "address.incomplete",
      field: "shipTo.name",
      why: "The receiver's name is missing.",
    };
  }
  if (!address.line1?.trim()) {
    return { cause: "address.street_missing", field: at("line1"), why: "The street is missing." };
  }
  if (!address.city?.trim()) {
    return { cause: "address.incomplete", field: at("city"), why: "The city is missing." };
  }
  const postalCode = address.postalCode?.trim().toUpperCase() ?? "";
  if (!postalCode && !withoutPostalCode.has(address.country)) {
    return {
      cause: "address.postal_code",
      field: at("postalCode"),
      why: "The postal code is missing.",
    };
  }
  const pattern = postalCodes[address.country];
  if (pattern && !pattern.test(withoutCountry(postalCode, address.country))) {
    return {
      cause: "address.postal_code",
      field: at("postalCode"),
      why: `"${postalCode.slice(0, 20)}" is no postal code of ${address.country}.`,
    };
  }
  return undefined;
}

// "SE-211 34" says the country twice; Latvia's and Lithuania's prefix is part of the code.
function withoutCountry(postalCode: string, country: string): string {
  if (country === "LV" || country === "LT" || !postalCode.startsWith(`${country}-`)) {
    return postalCode;
  }
  return postalCode.slice(country.length + 1);
}
