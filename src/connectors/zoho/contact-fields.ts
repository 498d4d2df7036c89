// The buyer in the words of a Zoho contact, and how much of it a purchase may change.
import type { Address, Party } from "../../order/order.ts";
import type { Fields } from "./field-metadata.ts";
import { cut, oneLine } from "./plain-text.ts";

export type ContactFields = Readonly<Record<string, string>>;

const nameFields = ["First_Name", "Last_Name"] as const;
const addressFields = [
  "Mailing_Street",
  "Mailing_City",
  "Mailing_State",
  "Mailing_Zip",
  "Mailing_Country",
] as const;

/** What we read of a contact that exists. */
export const ownedFields = [...nameFields, "Phone", ...addressFields] as const;

// Zoho's standard limits; an organisation's own settings say more exactly.
const standardLengths: Readonly<Record<string, number>> = {
  First_Name: 40,
  Last_Name: 80,
  Phone: 30,
};

/** A telephone number or a postal code that was cut is another one: better none. */
const isUselessWhenCut = (name: string) => name === "Phone" || name === "Mailing_Zip";

export function contactFields(buyer: Party, email: string, fields: Fields): ContactFields {
  const wanted = {
    ...nameOf(buyer, email),
    Phone: oneLine(buyer.phone),
    ...mailing(buyer.address),
  };
  const fitting = Object.entries(wanted).flatMap(([name, value]) => {
    const max = fields.get(name)?.length ?? standardLengths[name] ?? Number.POSITIVE_INFINITY;
    if (value === "" || (value.length > max && isUselessWhenCut(name))) return [];
    return [[name, cut(value, max)] as const];
  });
  return Object.fromEntries(fitting);
}

/**
 * Zoho demands a last name: the last word of the name, else the company, else what stands before
 * the @.
 */
export function nameOf(buyer: Party, email: string): { First_Name: string; Last_Name: string } {
  const name = oneLine(buyer.name);
  const company = oneLine(buyer.company);
  const split = name.lastIndexOf(" ");
  if (name === "") return { First_Name: "", Last_Name: company || (email.split("@")[0] ?? email) };
  if (split < 0 || name === company) return { First_Name: "", Last_Name: name };
  return { First_Name: name.slice(0, split), Last_Name: name.slice(split + 1) };
}

function mailing(address: Address | undefined): Record<string, string> {
  if (!address) return {};
  // There is no second street line.
  const street = [oneLine(address.line1), oneLine(address.line2)].filter(Boolean).join(", ");
  return {
    Mailing_Street: street,
    Mailing_City: oneLine(address.city),
    Mailing_State: oneLine(address.state),
    Mailing_Zip: oneLine(address.postalCode),
    Mailing_Country: oneLine(address.country),
  };
}

export type Overwrite = "never" | "empty" | "always";

/**
 * The fields of `ours` that may be written over `theirs`. Under "empty" an address is filled as a
 * whole or not at all, and a first name only beside the same last name: half of one person's data
 * beside another's is worse than none.
 */
export function allowedChanges(
  policy: Overwrite,
  ours: ContactFields,
  theirs: Readonly<Record<string, unknown>>,
): ContactFields {
  const held = (name: string) => {
    const value = theirs[name];
    return typeof value === "string" ? value.trim() : "";
  };
  const isAddress = (name: string) => addressFields.some((field) => field === name);
  const hasAddress = addressFields.some((name) => held(name) !== "");
  const isSameName = held("Last_Name").toLowerCase() === ours.Last_Name?.toLowerCase();
  const may = (name: string): boolean => {
    if (policy === "never") return false;
    if (policy === "always") return true;
    if (isAddress(name)) return !hasAddress;
    return held(name) === "" && (name !== "First_Name" || isSameName);
  };
  return Object.fromEntries(
    Object.entries(ours).filter(([name, value]) => value !== held(name) && may(name)),
  );
}
