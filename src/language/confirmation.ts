import type { Order } from "../order/order.ts";
import { addressOf, type Tracking, trackingOf } from "./delivery.ts";
import { formatDate } from "./format-date.ts";
import { goodsOf, totalsOf } from "./goods.ts";
import { type Letter, letter, orderNumber, type Sender, shopOf, voiceOf } from "./letter.ts";
import { oneLine } from "./one-line.ts";

interface ConfirmationFacts extends Sender, Tracking {
  readonly invoiceNumber: string;
}

/** "Thank you for your order": what was bought and paid, where it goes, how to follow it; the invoice is attached. */
export function composeConfirmation(order: Order, facts: ConfirmationFacts): Letter {
  const voice = voiceOf(order);
  const { region, say, quote } = voice;
  const number = orderNumber(order);
  return letter("order-confirmation", order, facts, voice, {
    // No isolates here: mail programs show bidi controls of a subject as boxes, and filters distrust
    // them.
    subject: say("confirmation_subject", { order: number, shop: shopOf(facts.shopName) }),
    title: say("confirmation_title"),
    text: say("confirmation_text", {
      order: quote(number),
      date: formatDate(order.paidAt, region, facts.timeZone),
    }),
    notes: [say("invoice_note", { invoice: quote(oneLine(facts.invoiceNumber, 50)) })],
    more: {
      ...trackingOf(facts, voice),
      ...goodsOf(order, voice),
      ...totalsOf(order, voice),
      ...addressOf(order, voice),
    },
  });
}
