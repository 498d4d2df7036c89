import type { PaymentEvent } from "../api/order-schema.ts";
import { providerName } from "./provider-name.ts";
import type { Told } from "./tell-happenings.ts";

const meanings: Readonly<Record<string, string>> = {
  "checkout.session.completed": "checkout finished",
  "checkout.session.async_payment_succeeded": "payment settled",
  "payment_intent.succeeded": "payment received",
  "charge.succeeded": "money charged",
};

/** "Stripe: payment received. The message came 3 times, counted once." */
export function tellEvent(event: PaymentEvent, provider: string): Told {
  const times =
    event.deliveries > 1 ? ` The message came ${event.deliveries} times, counted once.` : "";
  return {
    key: `event ${event.id}`,
    at: event.receivedAt,
    mark: "done",
    sentence: `${providerName(provider)}: ${meanings[event.type] ?? event.type}.${times}`,
    detail: null,
  };
}
