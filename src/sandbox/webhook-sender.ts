// The simulated Stripe's postman: keeps delivering until Ordna says 200.
import { deliverWebhooks } from "../connectors/stripe/deliver-webhooks.ts";
import type { StripeSimulator } from "../connectors/stripe/simulator.ts";

export interface WebhookSender {
  /** The address of Ordna's door, or each store's own. */
  deliverTo(door: string | ((store: string) => string)): void;
  stop(): Promise<void>;
}

export function webhookSender(stripes: ReadonlyMap<string, StripeSimulator>): WebhookSender {
  let stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();

  return {
    deliverTo(door) {
      const doorOf =
        typeof door === "string" ? (store: string) => `${door}/webhooks/stripe/${store}` : door;
      stopping = new AbortController();
      const pumps = [...stripes].map(([store, stripe]) =>
        deliverWebhooks(stripe, {
          url: doorOf(store),
          secret: stripe.secrets.webhookSecrets ?? "",
          fetch: globalThis.fetch,
          now: () => new Date(),
        }).run(stopping.signal),
      );
      running = Promise.all(pumps);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
