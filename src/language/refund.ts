import type { Money } from "../order/money.ts";
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

interface RefundFacts extends Sender {
  /** What went back, above zero. */
  readonly amount: Money;
  /** The number of the attached credit note; absent: none is attached. */
  readonly creditNoteNumber?: string | undefined;
  /** Business days until banks show it. Stripe says 5 to 10: https://docs.stripe.com/refunds. */
  readonly days?: number;
}

/** "Your refund": how much, for which order, and until when it is there. */
export function composeRefund(order: Order, facts: RefundFacts): Letter {
  const voice = voiceOf(order);
  const { region, say, quote } = voice;
  const { amount, creditNoteNumber, days = 10 } = facts;
  if (amount.minor <= 0n) throw new RangeError("A refund is more than nothing.");
  const number = orderNumber(order);
  const paidBack = formatMoney(amount, region);
  const creditNote = oneLine(creditNoteNumber, 50);
  return letter("order-refund", order, facts, voice, {
    subject: say("refund_subject", { order: number, shop: shopOf(facts.shopName) }),
    title: say("refund_title"),
    text: say("refund_text", { amount: quote(paidBack), order: quote(number) }),
    notes: [
      say("refund_days", { days }),
      ...(creditNote ? [say("credit_note", { number: quote(creditNote) })] : []),
      say("questions"),
    ],
    more: {
      details: [
        detail(say("order_label"), number, voice),
        detail(say("refund_label"), paidBack, voice),
      ],
    },
  });
}
