import type { Order } from "../order/order.ts";
import { addressOf, type Tracking, trackingOf } from "./delivery.ts";
import { goodsOf } from "./goods.ts";
import { type Letter, letter, orderNumber, type Sender, shopOf, voiceOf } from "./letter.ts";

interface ShippedFacts extends Sender, Tracking {}

/** "Your order is on its way": how to follow it, what is inside and where it goes. */
export function composeShipped(order: Order, facts: ShippedFacts): Letter {
  const voice = voiceOf(order);
  const { say, quote } = voice;
  const number = orderNumber(order);
  return letter("order-shipped", order, facts, voice, {
    subject: say("shipped_subject", { order: number, shop: shopOf(facts.shopName) }),
    title: say("shipped_title"),
    text: say("shipped_text", { order: quote(number) }),
    notes: [say("questions")],
    more: {
      ...trackingOf(facts, voice),
      ...goodsOf(order, voice),
      ...addressOf(order, voice),
    },
  });
}
