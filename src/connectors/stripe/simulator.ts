// Stripe as a fetch handler: what was paid can be read, and its events wait to be delivered.
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import { answer, refusal, StripeRefusal } from "./simulated-answer.ts";
import { simulatedApi } from "./simulated-api.ts";
import { simulatedCheckout } from "./simulated-checkout.ts";
import { simulatedEndpoint } from "./simulated-endpoint.ts";
import { checkKey, moods, showMood } from "./simulated-mood.ts";
import type { SimulatedEvent, SimulatedPayment } from "./simulated-payment.ts";
import { failRefund, type RefundWish, refundPayment } from "./simulated-refund.ts";
import { type SimulatedStore, simulatedStore } from "./simulated-store.ts";
import { viewOf } from "./simulated-view.ts";
import type { StripeObject } from "./stripe-object.ts";
import { type WebhookQueue, webhookQueue } from "./webhook-queue.ts";

export interface StripeSimulator extends Simulator {
  /**
   * Somebody paid: keeps the objects and queues the events. Recording the same payment twice
   * changes nothing.
   */
  record(payment: SimulatedPayment): void;
  /** The shop gives back a payment, or a part of it. */
  refund(wish: RefundWish): StripeObject;
  /** A refund comes back: the bank did not take it. */
  failRefund(refundId: string, account?: string): void;
  /** Lets an event that was to happen later happen now, and tells its body. */
  happen(eventId: string): StripeObject;
  readonly webhooks: WebhookQueue;
}

const secrets = {
  secretKey: "sk_test_simulated_not_a_key",
  webhookSecrets: "whsec_simulated_not_a_secret",
};

export function stripeSimulator(kit: SimulatorKit): StripeSimulator {
  const store = simulatedStore(kit);
  const webhooks = webhookQueue(kit);
  const payments = kit.collection<{ id: string; amount: number; currency: string }>(
    "stripe-payments",
  );
  const active = new Set<string>();
  store.add(simulatedEndpoint);
  const announce = announcer(kit, store, webhooks);
  const checkout = simulatedCheckout(kit, store, record);

  async function fetch(request: Request): Promise<Response> {
    try {
      const page = await checkout.page(request);
      if (page) return page;
      checkKey(request, secrets.secretKey);
      const garbled = showMood(active, request);
      if (garbled) return garbled;
      const opened = await openedCheckout(request);
      if (opened) return answer(200, opened, request);
      return simulatedApi(viewOf(store, active), request, webhooks, kit.now());
    } catch (thrown) {
      if (thrown instanceof StripeRefusal) return refusal(thrown, request);
      throw thrown;
    }
  }

  /** A session that is being made, or that nobody has paid yet. */
  async function openedCheckout(request: Request): Promise<StripeObject | undefined> {
    const { pathname, origin } = new URL(request.url);
    if (request.method === "POST" && pathname === "/v1/checkout/sessions") {
      return checkout.open(new URLSearchParams(await request.text()), origin);
    }
    const id = /^\/v1\/checkout\/sessions\/([^/]+)$/.exec(pathname)?.[1];
    return id === undefined || store.find(id) ? undefined : checkout.find(id);
  }

  function record(payment: SimulatedPayment): void {
    for (const object of payment.objects) store.add(object, payment.account);
    for (const event of payment.events) announce(event, payment.account);
    const { id, amount, currency } = payment;
    payments.set(id, { id, amount, currency });
  }

  return {
    provider: "stripe",
    secrets,
    maxServerMs: 100,
    maxLagMs: 0,
    moods,
    setMood: (name, isOn) => void (isOn ? active.add(name) : active.delete(name)),
    fetch,
    webhooks,
    happen: store.happen,
    refund: (wish) => refundPayment(kit, store, announce, wish),
    failRefund: (id, account) => failRefund(kit, store, announce, id, account),
    record,
    records: () =>
      payments.values().map((fields) => ({
        kind: "payment",
        id: fields.id,
        // Nothing of ours is ever written to Stripe.
        reference: "",
        fields,
      })),
  };
}

/** Writes an event down and queues it, as often and as late as is wished. */
function announcer(kit: SimulatorKit, store: SimulatedStore, webhooks: WebhookQueue) {
  return (simulated: SimulatedEvent, account: string | undefined): void => {
    const { event, happensAfterMs = 0, deliver = {} } = simulated;
    const dueAt = kit.now().getTime() + happensAfterMs + (deliver.afterMs ?? 0);
    const queue = (eventId: string, copy: number) =>
      webhooks.add({ id: `${eventId}#${copy}`, eventId, dueAt, attempts: 0 });
    const owner = event.object === "event" ? { account } : { context: account };
    const owned = account === undefined ? event : { ...event, ...owner };
    store.addEvent({ ...simulated, event: owned }, account);
    for (let copy = 1; copy <= (deliver.times ?? 1); copy++) queue(event.id, copy);
    for (const id of deliver.alsoAs ?? []) {
      store.addEvent({ ...simulated, event: { ...owned, id } }, account);
      queue(id, 1);
    }
  };
}
