// Who gets the parcel, in PostNord's field lengths. What is too long moves to another line.
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { isEmail } from "../../address/email.ts";
import { toE164 } from "../../address/phone.ts";
import { tidy, wrapWords } from "../../address/wrap-words.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { CauseCode } from "../../connector-kit/cause.ts";
import type { Address, Order } from "../../order/order.ts";

export interface Recipient {
  readonly isBusiness: boolean;
  readonly name: string;
  readonly careOfName: string | undefined;
  readonly contactName: string;
  readonly streets: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  readonly state: string | undefined;
  readonly country: string;
  readonly email: string | undefined;
  /** E.164. */
  readonly phone: string | undefined;
  /** E.164, when PostNord can send text messages to it. */
  readonly sms: string | undefined;
}

export const limits = {
  name: 60,
  street: 50,
  city: 35,
  state: 35,
  contact: 50,
  email: 70,
} as const;

// PostNord names no limit of lines; more than four do not fit a label that anybody can read.
const maxStreetLines = 4;

export function recipientOf(order: Order): Recipient {
  const { shipTo, buyer } = order;
  const address: Address = shipTo.address ?? {};
  const country = tidy(address.country).toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) throw missing("shipTo.address.country", "country");
  const company = tidy(shipTo.company);
  const person = tidy(shipTo.name);
  if (!company && !person) throw missing("shipTo.name", "recipient's name");
  const [name = "", ...names] = lines(company || person, limits.name, "shipTo.name");
  const [contactName = name, ...contacts] = lines(person || company, limits.contact, "shipTo.name");
  // A contact person's name that needs two lines stands whole on the label; the company's does already.
  const careOf = company && contacts.length > 0 ? lines(person, limits.name, "shipTo.name") : [];
  const [careOfName, ...above] = [...names, ...careOf];
  const [city, ...cities] = lines(address.city, limits.city, "shipTo.address.city");
  if (!city) throw missing("shipTo.address.city", "city");
  const [state, ...states] = lines(address.state, limits.state, "shipTo.address.state");
  const phone =
    toE164(shipTo.phone, country) ?? toE164(buyer.phone, buyer.address?.country ?? country);
  const email = tidy(shipTo.email ?? buyer.email);
  return {
    isBusiness: company !== "",
    name,
    careOfName,
    contactName,
    streets: streetLines(address, [...above, ...cities, ...states]),
    postalCode: postalCodeOf(address.postalCode, country),
    city,
    state,
    country,
    email: isEmail(email) && email.length <= limits.email ? email : undefined,
    phone,
    sms: phone && canReceiveSms(phone) ? phone : undefined,
  };
}

function streetLines(address: Address, more: readonly string[]) {
  const first = lines(address.line1, limits.street, "shipTo.address.line1");
  const second = lines(address.line2, limits.street, "shipTo.address.line2");
  if (first.length + second.length === 0) {
    throw missing("shipTo.address.line1", "street", "address.street_missing");
  }
  const all = [...first, ...second, ...more];
  if (all.length > maxStreetLines) throw tooLong("shipTo.address.line1");
  return all;
}

/** As PostNord wants it: with its leading zeros, without blanks and the country before it. */
function postalCodeOf(written: string | undefined, country: string): string {
  const code = (written ?? "").toUpperCase().replace(/\s/g, "");
  // Andorra's codes begin with its country code: AD500.
  const names = country === "FI" ? "(FI|FIN|AX)-?" : `(${country}-?|${country[0]}-)`;
  const prefix = country === "AD" ? /^$/ : new RegExp(`^${names}(?=\\d)`);
  const bare = code.replace(prefix, "");
  if (!bare) throw missing("shipTo.address.postalCode", "postal code", "address.postal_code");
  return bare;
}

/** PostNord's rule: country codes that begin with 3 or 4. A landline would swallow the message. */
export function canReceiveSms(phone: string): boolean {
  if (!/^\+[34]/.test(phone)) return false;
  return parsePhoneNumberFromString(phone)?.getType() !== "FIXED_LINE";
}

function lines(text: string | undefined, max: number, field: string): string[] {
  const wrapped = wrapWords(text ?? "", max);
  if (!wrapped) throw tooLong(field);
  return wrapped;
}

function tooLong(field: string): ActionError {
  return new ActionError("permanent", `PostNord's label has no room for ${field}: shorten it.`, {
    cause: "address.too_long",
    field,
  });
}

function missing(field: string, what: string, cause: CauseCode = "address.incomplete") {
  return new ActionError("permanent", `The ${what} is missing: complete the delivery address.`, {
    cause,
    field,
  });
}
