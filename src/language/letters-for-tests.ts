// One order and its six letters, in any language, for tests and for the sheet that shows them all.
import { type Money, money } from "../order/money.ts";
import type { Order, OrderLine } from "../order/order.ts";
import { composeConfirmation } from "./confirmation.ts";
import { composeDelay } from "./delay.ts";
import { composeInvoiceMail } from "./invoice-mail.ts";
import type { Letter, Template } from "./letter.ts";
import { composeQuestion } from "./question.ts";
import { composeRefund } from "./refund.ts";
import { composeShipped } from "./shipped.ts";

/** What they pay with where that language is spoken, if it is not the euro. */
const currencies: Readonly<Record<string, string>> = {
  ar: "KWD",
  cs: "CZK",
  da: "DKK",
  he: "ILS",
  hu: "HUF",
  is: "ISK",
  nb: "NOK",
  pl: "PLN",
  ro: "RON",
  sr: "RSD",
  "sr-Latn": "RSD",
  sv: "SEK",
  tr: "TRY",
  uk: "UAH",
};

export const currencyOf = (locale: string) => currencies[locale] ?? "EUR";

export function aLine(description: string, total: Money, quantity = 3): OrderLine {
  const none = money(0, total.currency);
  return {
    id: "li_1",
    description,
    quantity,
    subtotal: total,
    discount: none,
    tax: none,
    total,
    taxes: [],
  };
}

// Built here, because this room knows no room but `order`.
export function anOrder(overrides: Partial<Order> = {}, currency = "EUR"): Order {
  const of = (minor: number) => money(minor, currency);
  const person = {
    name: "Example Buyer",
    email: "buyer@example.com",
    phone: "+358401234567",
    address: { line1: "Mannerheimintie 12", city: "Helsinki", postalCode: "00100", country: "FI" },
  };
  return {
    reference: "ABCDEFGHJK1234",
    store: "example",
    payment: { provider: "stripe", object: "cs_test_1", livemode: false },
    shopOrder: "PK-10482",
    paidAt: "2026-11-16T23:30:00Z",
    currency,
    lines: [aLine("Blackout curtain 140×250", of(13473)), aLine("Ceiling rail 2 m", of(1800), 1)],
    shipping: { description: "Shipping", tax: of(140), total: of(690), taxes: [] },
    discount: of(0),
    tax: of(3244),
    total: of(15963),
    taxSource: "lines",
    buyer: person,
    shipTo: person,
    taxIds: [],
    locale: { tag: "fi", source: "session" },
    customFields: {},
    metadata: {},
    notes: [],
    ...overrides,
  };
}

export const shop = { shopName: "Example Shop", timeZone: "Europe/Helsinki" };
export const tracking = {
  trackingNumber: "00370000000000000001",
  trackingUrl: "https://tracking.example.com/?id=1&lang=fi",
};

/** All six, with everything that they can have. */
export function lettersOf(
  order: Order,
  words: { note?: string } = {},
): Record<Exclude<Template, `staff-${string}`>, Letter> {
  const facts = { ...shop, ...tracking, invoiceNumber: "1001" };
  return {
    "order-confirmation": composeConfirmation(order, facts),
    "order-shipped": composeShipped(order, facts),
    "order-invoice": composeInvoiceMail(order, facts),
    "order-delay": composeDelay(order, { ...shop, ...words, expectedAt: "2026-11-30" }),
    "order-refund": composeRefund(order, {
      ...shop,
      amount: money(order.total.minor / 2n, order.currency),
      creditNoteNumber: "2001",
    }),
    "order-question": composeQuestion({ ...order, answerBy: "2026-11-30T10:00:00Z" }, shop),
  };
}

export function lettersIn(locale: string): Letter[] {
  const order = anOrder({ locale: { tag: locale, source: "session" } }, currencyOf(locale));
  return Object.values(lettersOf(order));
}
