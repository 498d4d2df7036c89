import type { PaymentEvent } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { providerName } from "./provider-name.ts";
import type { Told } from "./tell-happenings.ts";

/** "Stripe: payment received. The message came 3 times, counted once." */
export function tellEvent(event: PaymentEvent, provider: string): Told {
  const { events, eventTimes } = words().story;
  const meanings: Readonly<Record<string, string>> = events;
  const times = event.deliveries > 1 ? eventTimes(event.deliveries) : "";
  return {
    key: `event ${event.id}`,
    at: event.receivedAt,
    mark: "done",
    sentence: `${providerName(provider)}: ${meanings[event.type] ?? event.type}.${times}`,
    detail: null,
  };
}
