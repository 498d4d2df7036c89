// The e-mails to customers, filled with an order that nobody made: for people who want to read them.
import { anOrder } from "../connector-kit/sample-order.ts";
import { isLanguage } from "../language/catalogue.ts";
import { composeConfirmation } from "../language/confirmation.ts";
import { composeDelay } from "../language/delay.ts";
import { composeInvoiceMail } from "../language/invoice-mail.ts";
import type { Letter, Template } from "../language/letter.ts";
import { composeQuestion } from "../language/question.ts";
import { composeRefund } from "../language/refund.ts";
import { composeShipped } from "../language/shipped.ts";
import type { Order } from "../order/order.ts";
import type { Seller } from "./seller.ts";

type Facts = Parameters<typeof composeConfirmation>[1];

type ToCustomer = Exclude<Template, `staff-${string}`>;

const letters: Readonly<Record<ToCustomer, (order: Order, facts: Facts) => Letter>> = {
  "order-confirmation": composeConfirmation,
  "order-shipped": composeShipped,
  "order-invoice": composeInvoiceMail,
  "order-delay": (order, facts) => composeDelay(order, { ...facts, expectedAt: inAWeek() }),
  "order-refund": (order, facts) =>
    composeRefund(order, { ...facts, amount: order.total, creditNoteNumber: "2001" }),
  "order-question": composeQuestion,
};

const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

export const letterNames = Object.keys(letters).filter((name): name is ToCustomer =>
  Object.hasOwn(letters, name),
);

/** Undefined when there is no such e-mail, or no words in that language. */
export function sampleLetter(
  seller: Seller,
  template: string,
  language: string,
): Letter | undefined {
  const name = letterNames.find((one) => one === template);
  if (!name || !isLanguage(language)) return undefined;
  const order = anOrder({ locale: { tag: language, source: "session" } });
  return letters[name](order, {
    shopName: seller.name,
    timeZone: seller.timeZone,
    invoiceNumber: "1001",
    trackingNumber: "00370000000000000001",
    trackingUrl: "https://tracking.example.com/?id=00370000000000000001",
  });
}
