// The shop and its customer as PostNord's message names them. Keys without a value are left out, since
// an empty string is refused.
import type { Settings } from "./complete-options.ts";
import { homeOf, type Sender } from "./postnord-options.ts";
import type { Recipient } from "./recipient.ts";
import type { ServicePoint } from "./service-point.ts";

type Shop = Pick<Settings, "issuer" | "customerNumber">;

/** The shop, by its agreement with PostNord: it sends, or it is where a return goes. */
export function shopParty(shop: Shop, place: Sender) {
  const { name, streets, postalCode, city, country, contactName, email, phone } = place;
  return {
    ...agreement(shop),
    party: {
      nameIdentification: { name },
      address: { streets, postalCode, city, countryCode: country },
      contact: { contactName, emailAddress: email, phoneNo: phone, smsNo: phone },
    },
  };
}

/** PostNord knows a customer by the country's code only; the agreement is the shop's. */
export function customerParty(recipient: Recipient) {
  const issuer = Object.entries(homeOf).find(([, home]) => home === recipient.country)?.[0];
  return { ...(issuer ? { issuerCode: issuer } : {}), party: partyOf(recipient) };
}

/** The customer who sends something back: by the shop's agreement, as PostNord's message demands of a sender. */
export function returningParty(shop: Shop, recipient: Recipient) {
  return { ...agreement(shop), party: partyOf(recipient) };
}

export function pointParty(point: ServicePoint) {
  const { name, streets, postalCode, city, country } = point;
  return {
    // The point's id is unique within its country only, so the address goes along.
    partyIdentification: { partyId: point.id, partyIdType: "156" },
    party: {
      nameIdentification: { name },
      address: { streets, postalCode, city, countryCode: country },
    },
  };
}

function agreement({ issuer, customerNumber }: Shop) {
  return {
    issuerCode: issuer,
    partyIdentification: { partyId: customerNumber, partyIdType: "160" },
  };
}

function partyOf(recipient: Recipient) {
  const { careOfName, state, email, phone, sms } = recipient;
  return {
    nameIdentification: { name: recipient.name, ...(careOfName ? { careOfName } : {}) },
    address: {
      streets: recipient.streets,
      postalCode: recipient.postalCode,
      city: recipient.city,
      ...(state ? { state } : {}),
      countryCode: recipient.country,
    },
    contact: {
      contactName: recipient.contactName,
      ...(email ? { emailAddress: email } : {}),
      ...(phone ? { phoneNo: phone } : {}),
      ...(sms ? { smsNo: sms } : {}),
    },
  };
}
