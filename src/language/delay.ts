import type { Order } from "../order/order.ts";
import { formatDate } from "./format-date.ts";
import { goodsOf } from "./goods.ts";
import {
  detail,
  type Letter,
  letter,
  orderNumber,
  type Sender,
  shopOf,
  voiceOf,
} from "./letter.ts";
import { flowOf, oneLine } from "./one-line.ts";

interface DelayFacts extends Sender {
  /** When the goods leave, as far as the shop knows. ISO date or date-time. */
  readonly expectedAt?: string | undefined;
  /** A person's own words to this customer, in whatever language they chose. */
  readonly note?: string | undefined;
}

/** "Your order is delayed": the new date if there is one, and which goods it is about. */
export function composeDelay(order: Order, facts: DelayFacts): Letter {
  const voice = voiceOf(order);
  const { region, say, quote } = voice;
  const number = orderNumber(order);
  const { expectedAt } = facts;
  const note = oneLine(facts.note, 600);
  return letter("order-delay", order, facts, voice, {
    subject: say("delay_subject", { order: number, shop: shopOf(facts.shopName) }),
    title: say("delay_title"),
    text: say("delay_text", { order: quote(number) }),
    notes: [say("delay_help"), say("questions")],
    more: {
      note,
      note_flow: flowOf(note),
      details: [
        detail(say("order_label"), number, voice),
        ...(expectedAt
          ? [detail(say("delay_label"), expectedDay(expectedAt, region, facts.timeZone), voice)]
          : []),
      ],
      ...goodsOf(order, voice),
    },
  });
}

/** A day without a time is that day on every wall. */
const expectedDay = (at: string, region: string, timeZone: string) =>
  formatDate(at, region, /^\d{4}-\d{2}-\d{2}$/.test(at) ? "UTC" : timeZone);
