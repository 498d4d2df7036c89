import type { Order } from "../order/order.ts";
import { formatMoney } from "./format-money.ts";
import {
  detail,
  type Letter,
  letter,
  orderNumber,
  type Sender,
  shopOf,
  voiceOf,
} from "./letter.ts";
import { oneLine } from "./one-line.ts";

interface InvoiceMailFacts extends Sender {
  readonly invoiceNumber: string;
}

/** "Your invoice": for the attached PDF of a paid order. */
export function composeInvoiceMail(order: Order, facts: InvoiceMailFacts): Letter {
  const voice = voiceOf(order);
  const { region, say, quote } = voice;
  const number = orderNumber(order);
  const invoice = oneLine(facts.invoiceNumber, 50);
  return letter("order-invoice", order, facts, voice, {
    subject: say("invoice_subject", { invoice, order: number, shop: shopOf(facts.shopName) }),
    title: say("invoice_title"),
    text: say("invoice_text", { order: quote(number) }),
    notes: [say("invoice_note", { invoice: quote(invoice) })],
    more: {
      details: [
        detail(say("invoice_label"), invoice, voice),
        detail(say("order_label"), number, voice),
        detail(say("total"), formatMoney(order.total, region), voice),
      ],
    },
  });
}
