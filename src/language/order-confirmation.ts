// The order confirmation in the customer's language: plain text only, for a layout that knows no
// language.
import type { Address, Order, OrderLine, Party } from "../order/order.ts";
import { directionOf, type Language } from "./catalogue.ts";
import { formatDate } from "./format-date.ts";
import { formatMoney } from "./format-money.ts";
import { matchLocale, regionalTag } from "./match-locale.ts";
import { isolated, oneLine } from "./one-line.ts";
import { translate } from "./translate.ts";

interface ConfirmationFacts {
  readonly trackingNumber: string;
  readonly trackingUrl?: string | undefined;
  readonly invoiceNumber: string;
  readonly shopName: string;
  readonly timeZone: string;
}

export type LayoutVariables = Record<string, string | readonly Record<string, string>[]>;

interface Confirmation {
  /** The language that it is written in. */
  readonly locale: string;
  readonly subject: string;
  readonly variables: LayoutVariables;
}

const maxItems = 30;
const maxSubject = 150;

export function composeConfirmation(order: Order, facts: ConfirmationFacts): Confirmation {
  const language = matchLocale(order.locale.tag);
  const region = regionalTag(order.locale.tag, language);
  const shop = oneLine(facts.shopName, 60);
  // No isolates here: mail programs show bidi controls of a subject as boxes, and filters distrust
  // them.
  const subject = oneLine(
    translate(language, "subject", { order: orderNumber(order), shop }),
    maxSubject,
  );
  const variables = {
    lang: language,
    ...direction(language),
    subject,
    shop_name: shop,
    ...letter(order, facts, language, region),
    ...items(order.lines, language, region),
    ...totals(order, language, region),
    ...delivery(order, facts, language, region),
  };
  return { locale: language, subject, variables };
}

/**
 * The same letter with one item row less, and "+ N more" to match; undefined when no row is left to
 * drop.
 */
export function withFewerItems(
  variables: Readonly<LayoutVariables>,
  locale: string,
): LayoutVariables | undefined {
  const { items: rows, item_count: count } = variables;
  if (!Array.isArray(rows) || rows.length === 0 || typeof count !== "string") return undefined;
  const kept = rows.slice(0, -1);
  const more = moreItems(Number(count) - kept.length, matchLocale(locale));
  return { ...variables, items: kept, more_items: more };
}

function direction(language: Language) {
  const isRtl = directionOf(language) === "rtl";
  return {
    direction: isRtl ? "rtl" : "ltr",
    start: isRtl ? "right" : "left",
    end: isRtl ? "left" : "right",
  };
}

function letter(order: Order, facts: ConfirmationFacts, language: Language, region: string) {
  const isolate = (text: string) => isolated(text, directionOf(language));
  const name = oneLine(order.buyer.name, 100) || oneLine(order.buyer.company, 100);
  return {
    greeting: name
      ? translate(language, "greeting", { name: isolate(name) })
      : translate(language, "greeting_nameless"),
    thanks: translate(language, "thanks", {
      order: isolate(orderNumber(order)),
      date: formatDate(order.paidAt, region, facts.timeZone),
    }),
    invoice_note: translate(language, "invoice_note", {
      invoice: isolate(oneLine(facts.invoiceNumber, 50)),
    }),
    closing: translate(language, "closing"),
  };
}

function items(lines: readonly OrderLine[], language: Language, region: string) {
  const shown = lines.slice(0, maxItems);
  const count = new Intl.NumberFormat(region);
  const { end } = direction(language);
  return {
    items_title: translate(language, "items_title"),
    item_label: translate(language, "item"),
    quantity_label: translate(language, "quantity"),
    amount_label: translate(language, "amount"),
    items: shown.map((line) => ({
      description: oneLine(line.description, 120),
      quantity: count.format(line.quantity),
      amount: formatMoney(line.total, region),
      end, // A layout's loop sees the row and nothing around it.
    })),
    item_count: String(lines.length),
    more_items: moreItems(lines.length - shown.length, language),
  };
}

const moreItems = (hidden: number, language: Language) =>
  hidden > 0 ? translate(language, "more_items", { count: hidden }) : "";

function totals(order: Order, language: Language, region: string) {
  // VAT that nobody worked out at the checkout is not claimed here; the invoice states it.
  const hasVat = order.taxSource !== "none" && order.tax.minor > 0n;
  return {
    shipping_label: translate(language, "shipping"),
    shipping_amount: order.shipping ? formatMoney(order.shipping.total, region) : "",
    total_label: translate(language, "total"),
    total_amount: formatMoney(order.total, region),
    vat_label: translate(language, "vat"),
    vat_amount: hasVat ? formatMoney(order.tax, region) : "",
  };
}

function delivery(order: Order, facts: ConfirmationFacts, language: Language, region: string) {
  return {
    address_title: translate(language, "address_title"),
    address: addressLines(order.shipTo, region).map((line) => ({ line })),
    tracking_title: translate(language, "tracking_title"),
    tracking_number: oneLine(facts.trackingNumber, 60),
    tracking_link: translate(language, "tracking_link"),
    tracking_url: safeLink(facts.trackingUrl),
  };
}

/** The shop's own number when the checkout carried one: it is what the customer saw. */
const orderNumber = (order: Order) => oneLine(order.shopOrder, 40) || order.reference;

/** A link is shown only when it leads to https; a carrier's answer may hold anything. */
function safeLink(url: string | undefined): string {
  if (!url || url.length > 2000 || !URL.canParse(url)) return "";
  const parsed = new URL(url);
  return parsed.protocol === "https:" && !parsed.username ? parsed.href : "";
}

const postalCodeLast = new Set(["US", "CA", "AU", "GB", "IE", "NZ", "IN"]);

function addressLines(party: Party, region: string): string[] {
  const address: Address = party.address ?? {};
  const { city, state, postalCode, country } = address;
  const isLast = country !== undefined && postalCodeLast.has(country);
  const town = isLast ? [city, state, postalCode] : [postalCode, city];
  return [
    party.name,
    party.company,
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
