// Which PostNord service carries a parcel: the first rule that fits the recipient.
import { ActionError } from "../../connector-kit/action-error.ts";
import { ownCountryCode } from "../../connector-kit/customs-border.ts";
import { isIn, isInEurope, nordic, type Region } from "./destination.ts";
import type { Recipient } from "./recipient.ts";
import {
  additionalServices,
  type Contact,
  type Home,
  type Service,
  type ServiceCode,
  services,
} from "./service-table.ts";

export interface ServiceRule {
  /** Country codes, or an area; "rest" is every country that the service goes to. */
  readonly to: Region | readonly string[];
  /** True: companies only; false: consumers only; absent: both. */
  readonly business?: boolean | undefined;
  /** 17 home, 18 business parcel, 19 service point or locker, 11 and 30 mailbox, 91 outside Europe. */
  readonly service: ServiceCode;
  /** Notices (A2, A3, A4, A9) go along as the contact data allows; for C7 there must be a mobile number. */
  readonly additional: readonly string[];
}

export interface ServiceChoice {
  readonly service: ServiceCode;
  readonly additional: readonly string[];
}

export const defaultServiceRules: readonly ServiceRule[] = [
  { to: "rest", business: true, service: "18", additional: [] },
  // FlexChange belongs to home delivery and writes to the recipient's mobile phone.
  { to: "rest", business: false, service: "17", additional: ["C7"] },
  // Without a mobile number: to the nearest service point, which can write an e-mail.
  { to: "rest", business: false, service: "19", additional: ["A7", "A3", "A4"] },
  { to: "world", service: "91", additional: [] },
];

interface Offer {
  readonly services: readonly ServiceRule[];
  readonly countries?: readonly string[] | undefined;
  readonly home: Home;
}

type Place = Pick<Recipient, "country" | "postalCode">;

/**
 * The services that can carry the parcel, best first; with none, throws what must be mended. `wished`: the only one
 * that a person wants.
 */
export function servicesFor(
  recipient: Recipient,
  offer: Offer,
  wished?: string,
): readonly ServiceChoice[] {
  const { country } = recipient;
  const isWanted = offer.countries?.includes(country) ?? true;
  const isCarried = Object.values(services).some((one) => reaches(one, offer.home, recipient));
  if (!isWanted || !isCarried) {
    throw notAvailable(
      `PostNord has no parcel service from ${offer.home} to ${country}: use another carrier.`,
    );
  }
  const rules = offer.services.filter(
    (rule) =>
      fits(rule, recipient, offer.home) && (wished === undefined || rule.service === wished),
  );
  if (rules.length === 0 && wished !== undefined) {
    throw notAvailable(`PostNord's service ${wished} is not configured for ${country}.`);
  }
  if (rules.length === 0) {
    const kind = recipient.isBusiness ? "companies" : "consumers";
    throw notAvailable(`No PostNord service is configured for ${kind} in ${country}.`);
  }
  const choices = rules.map((rule) => choose(rule, recipient));
  const possible = choices.filter((choice) => lacking(choice, recipient) === undefined);
  if (possible.length > 0) return possible;
  const needed = rules.map((rule) => `service ${rule.service}`).join(" and ");
  if (!choices.some((choice) => lacking(choice, recipient) === "contact")) {
    const message = `PostNord's ${needed} to ${country} needs another additional service: mend "services".`;
    throw new ActionError("permanent", message, { cause: "config.invalid" });
  }
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

/** Whether the table has the service from here to there. */
function reaches({ reach, notTo = [] }: Service, home: Home, to: Place): boolean {
  if (notTo.includes(ownCountryCode(to))) return false;
  const area = isInEurope(to) ? "europe" : "world";
  return (reach[home] ?? []).some((place) => place === area || place === to.country);
}

function fits({ to, business, service }: ServiceRule, recipient: Recipient, home: Home): boolean {
  if (business !== undefined && business !== recipient.isBusiness) return false;
  if (!reaches(services[service], home, recipient)) return false;
  return typeof to === "string" ? isIn(to, recipient, home) : to.includes(recipient.country);
}

/** The rule's additional services, with those that PostNord demands and without those it refuses there. */
function choose({ service, additional }: ServiceRule, recipient: Recipient): ServiceChoice {
  const { pointUnlessIn } = services[service];
  const isPointNeeded = pointUnlessIn !== undefined && !pointUnlessIn.includes(recipient.country);
  const asked = isPointNeeded && !additional.includes("A7") ? ["A7", ...additional] : additional;
  const kept = asked.filter((code) => {
    const { isNotice, needs, notTo, isNordicOnly } = additionalServices[code] ?? {};
    if (notTo?.includes(recipient.country)) return false;
    if (isNordicOnly && !nordic.has(recipient.country)) return false;
    return !isNotice || needs === undefined || has(recipient, needs);
  });
  return { service, additional: kept };
}

/** What is missing for PostNord to take the choice: the recipient's contact data, or a line in the rule. */
function lacking({ service, additional }: ServiceChoice, recipient: Recipient) {
  const { oneOf, contactOneOf, contactAbroad } = services[service];
  const needs = additional.flatMap((code) => additionalServices[code]?.needs ?? []);
  if (!nordic.has(recipient.country)) needs.push(...(contactAbroad ?? []));
  if (needs.some((contact) => !has(recipient, contact))) return "contact";
  if (contactOneOf && !contactOneOf.some((contact) => has(recipient, contact))) return "contact";
  if (!oneOf || oneOf.some((code) => additional.includes(code))) return undefined;
  // Notices fall away with the contact data that they need.
  return oneOf.some((code) => additionalServices[code]?.isNotice) ? "contact" : "rule";
}

function has(recipient: Recipient, contact: Contact): boolean {
  return recipient[contact] !== undefined;
}
