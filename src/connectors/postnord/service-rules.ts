// Which PostNord service carries a parcel: the first rule that fits the recipient.
import { ActionError } from "../../connector-kit/action-error.ts";
import { isIn, isInEurope, type Region } from "./destination.ts";
import type { Recipient } from "./recipient.ts";

export interface ServiceRule {
  /** Country codes, or an area; "rest" is every country that parcels go to. */
  readonly to: Region | readonly string[];
  /** True: companies only; false: consumers only; absent: both. */
  readonly business?: boolean | undefined;
  /** 17 home, 18 business parcel, 19 service point or locker, 11 and 30 mailbox. */
  readonly service: "11" | "17" | "18" | "19" | "30";
  /** C7 needs a mobile number. A3 (SMS) and A4 (e-mail) go along as the contact data allows. */
  readonly additional: readonly string[];
}

export interface ServiceChoice {
  readonly service: string;
  readonly additional: readonly string[];
}

export const defaultServiceRules: readonly ServiceRule[] = [
  { to: "rest", business: true, service: "18", additional: [] },
  // FlexChange belongs to home delivery and writes to the recipient's mobile phone.
  { to: "rest", business: false, service: "17", additional: ["C7"] },
  // Without a mobile number: to the nearest service point, which can write an e-mail.
  { to: "rest", business: false, service: "19", additional: ["A7", "A3", "A4"] },
];

interface Offer {
  readonly services: readonly ServiceRule[];
  readonly countries?: readonly string[] | undefined;
  readonly home: string;
}

/** The services that can carry the parcel, best first; with none, throws what must be mended. */
export function servicesFor(recipient: Recipient, offer: Offer): readonly ServiceChoice[] {
  const { country } = recipient;
  const isReached = offer.countries ? offer.countries.includes(country) : isInEurope(recipient);
  if (!isReached) {
    throw notAvailable(
      `PostNord has no parcel service from ${offer.home} to ${country}: use another carrier.`,
    );
  }
  const rules = offer.services.filter((rule) => fits(rule, recipient, offer.home));
  if (rules.length === 0) {
    const kind = recipient.isBusiness ? "companies" : "consumers";
    throw notAvailable(`No PostNord service is configured for ${kind} in ${country}.`);
  }
  const choices = rules.flatMap((rule) => withContact(rule, recipient));
  if (choices.length > 0) return choices;
  const needed = rules.map((rule) => `service ${rule.service}`).join(" and ");
  throw new ActionError(
    "permanent",
    `PostNord's ${needed} cannot reach the recipient: add a mobile number or an e-mail address.`,
    { cause: "address.phone_required", field: "shipTo.phone" },
  );
}

export function notAvailable(message: string): ActionError {
  return new ActionError("permanent", message, {
    cause: "service.not_available",
    field: "shipTo.address.country",
  });
}

function fits({ to, business }: ServiceRule, recipient: Recipient, home: string): boolean {
  if (business !== undefined && business !== recipient.isBusiness) return false;
  return typeof to === "string" ? isIn(to, recipient, home) : to.includes(recipient.country);
}

/** The rule with the notifications that reach this recipient; none when PostNord would refuse. */
function withContact({ service, additional }: ServiceRule, recipient: Recipient): ServiceChoice[] {
  const { sms, email, phone } = recipient;
  if (additional.includes("C7") && !sms) return [];
  // Stated with the partner network outside the Nordics: contact name and phone.
  if (service === "18" && !phone && !isIn("nordic", recipient, "")) return [];
  if (service === "17" && !sms && !email) return [];
  const reaching = additional.filter(
    (code) => (code !== "A3" || sms !== undefined) && (code !== "A4" || email !== undefined),
  );
  const isNotified = reaching.some((code) => code === "A2" || code === "A3" || code === "A4");
  if (service === "19" && !isNotified) return [];
  return [{ service, additional: reaching }];
}
