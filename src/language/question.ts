import type { Order } from "../order/order.ts";
import { formatDate } from "./format-date.ts";
import {
  detail,
  type Letter,
  letter,
  orderNumber,
  type Sender,
  shopOf,
  voiceOf,
} from "./letter.ts";

/** "Please check your delivery address": `action_url`, where the customer does that, is put in when it is sent. */
export function composeQuestion(order: Order, sender: Sender): Letter {
  const voice = voiceOf(order);
  const { region, say, quote } = voice;
  const number = orderNumber(order);
  const { answerBy } = order;
  const until = answerBy && formatDate(answerBy, region, sender.timeZone);
  return letter("order-question", order, sender, voice, {
    subject: say("question_subject", { order: number, shop: shopOf(sender.shopName) }),
    title: say("question_title"),
    text: say("question_text", { order: quote(number) }),
    notes: [say("questions")],
    more: {
      action_link: say("question_link"),
      details: until ? [detail(say("question_until"), until, voice)] : [],
    },
  });
}
