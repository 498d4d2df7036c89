// Where a parcel goes and how it is followed, in a letter.
import type { Order, Party } from "../order/order.ts";
import type { LayoutVariables, Voice } from "./letter.ts";
import { flowOf, oneLine } from "./one-line.ts";

export interface Tracking {
  readonly trackingNumber: string;
  readonly trackingUrl?: string | undefined;
}

export const trackingOf = (
  { trackingNumber, trackingUrl }: Tracking,
  { say }: Voice,
): LayoutVariables => ({
  tracking_title: say("tracking_title"),
  tracking_number: oneLine(trackingNumber, 60),
  tracking_link: say("tracking_link"),
  tracking_url: safeLink(trackingUrl),
});

export const addressOf = (order: Order, { region, say }: Voice): LayoutVariables => ({
  address_title: say("address_title"),
  address: addressLines(order.shipTo, region).map((line) => ({ line, flow: flowOf(line) })),
});

/** A link is shown only when it leads to https; a carrier's answer may hold anything. */
function safeLink(url: string | undefined): string {
  if (!url || url.length > 2000 || !URL.canParse(url)) return "";
  const parsed = new URL(url);
  return parsed.protocol === "https:" && !parsed.username ? parsed.href : "";
}

const postalCodeLast = new Set(["US", "CA", "AU", "GB", "IE", "NZ", "IN"]);

function addressLines({ name, company, address = {} }: Party, region: string): string[] {
  const { city, state, postalCode, country } = address;
  const isLast = country !== undefined && postalCodeLast.has(country);
  const town = isLast ? [city, state, postalCode] : [postalCode, city];
  return [
    name,
    company,
    address.line1,
    address.line2,
    town.filter(Boolean).join(" "),
    isLast ? undefined : state,
    countryName(country, region),
  ]
    .map((line) => oneLine(line, 120))
    .filter((line) => line !== "");
}

function countryName(country: string | undefined, region: string): string | undefined {
  if (!country || !/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(region, { type: "region" }).of(country);
}
