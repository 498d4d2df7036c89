// What every e-mail to a customer has: its language, its greeting, and the variables of the one layout. Plain text only.
import type { Order } from "../order/order.ts";
import { directionOf, type Language, type MessageId } from "./catalogue.ts";
import { matchLocale, regionalTag } from "./match-locale.ts";
import { flowOf, isolated, oneLine } from "./one-line.ts";
import { translate } from "./translate.ts";

export type Row = Readonly<Record<string, string>>;
export type LayoutVariables = Record<string, string | readonly Row[]>;

/** The layouts' names at the mail provider, one for each kind of e-mail. */
export type Template =
  | "order-confirmation"
  | "order-shipped"
  | "order-invoice"
  | "order-delay"
  | "order-refund"
  | "order-question"
  | "staff-alert"
  | "staff-digest";

/** An e-mail in the customer's language; together with a recipient and attachments it can be sent. */
export interface Letter {
  readonly template: Template;
  /** The language that it is written in. */
  readonly locale: string;
  readonly subject: string;
  readonly variables: LayoutVariables;
}

/** Who writes, and by whose calendar. */
export interface Sender {
  readonly shopName: string;
  readonly timeZone: string;
}

/** How one order is spoken of in its customer's language. */
export interface Voice {
  readonly language: Language;
  /** For numbers, dates and names of countries. */
  readonly region: string;
  readonly say: (id: MessageId, values?: Readonly<Record<string, string | number>>) => string;
  /** A name or number inside a sentence: its direction and the sentence's do not disturb each other. */
  readonly quote: (text: string) => string;
}

export function voiceOf(order: Order): Voice {
  const language = matchLocale(order.locale.tag);
  const region = regionalTag(order.locale.tag, language);
  const direction = directionOf(language);
  return {
    language,
    region,
    say: (id, values) => translate(language, id, values),
    quote: (text) => isolated(text, direction),
  };
}

const maxSubject = 150;

interface Words {
  readonly subject: string;
  readonly title: string;
  readonly text: string;
  /** Sentences at the end, before the closing. */
  readonly notes: readonly string[];
  /** Everything else that this kind of e-mail has. */
  readonly more: LayoutVariables;
}

export function letter(
  template: Template,
  order: Order,
  { shopName }: Sender,
  { language, say, quote }: Voice,
  { subject, title, text, notes, more }: Words,
): Letter {
  const name = oneLine(order.buyer.name, 100) || oneLine(order.buyer.company, 100);
  const line = oneLine(subject, maxSubject);
  const variables = {
    ...absent,
    lang: language,
    ...sidesOf(language),
    subject: line,
    shop_name: shopOf(shopName),
    title,
    greeting: name ? say("greeting", { name: quote(name) }) : say("greeting_nameless"),
    text,
    notes: notes.map((note) => ({ line: note, ...sidesOf(language) })),
    closing: say("closing"),
    ...more,
  };
  return { template, locale: language, subject: line, variables };
}

export const shopOf = (shopName: string) => oneLine(shopName, 60);

/** Left and right for one language; every row carries them, because a layout's loop sees nothing around it. */
export function sidesOf(language: Language) {
  const isRtl = directionOf(language) === "rtl";
  return {
    direction: isRtl ? "rtl" : "ltr",
    start: isRtl ? "right" : "left",
    end: isRtl ? "left" : "right",
  };
}

/** A row of "Order number: PK-10482". */
export const detail = (label: string, value: string, { language }: Voice): Row => ({
  label,
  value,
  flow: flowOf(value),
  ...sidesOf(language),
});

/** The shop's own number when the checkout carried one: it is what the customer saw. */
export const orderNumber = (order: Order) => oneLine(order.shopOrder, 40) || order.reference;

/** The layout is one for all: what a kind of e-mail has none of is nothing. */
export const absent: LayoutVariables = {
  note: "",
  note_flow: "ltr",
  details: [],
  action_link: "",
  action_url: "",
  tracking_title: "",
  tracking_number: "",
  tracking_link: "",
  tracking_url: "",
  items_title: "",
  item_label: "",
  quantity_label: "",
  amount_label: "",
  items: [],
  item_count: "0",
  more_items: "",
  shipping_label: "",
  shipping_amount: "",
  total_label: "",
  total_amount: "",
  vat_label: "",
  vat_amount: "",
  address_title: "",
  address: [],
};
