// For tests: a simulator, the connector wired to it, and readings of what was paid.

import { type Connector, secret, type Wiring } from "../../connector-kit/connector.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { Send } from "../../connector-kit/http.ts";
import type { PaymentEvent } from "../../connector-kit/roles.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import type { Order } from "../../order/order.ts";
import { stripe } from "./connector.ts";
import { stripeSimulator } from "./simulator.ts";
import type { StripeOptions } from "./stripe-options.ts";

export const testNow = new Date("2026-11-18T11:10:00Z");

const names = { secretKey: secret("STRIPE_SECRET_KEY"), webhookSecrets: secret("STRIPE_WEBHOOK") };

export function stripeUnderTest(
  options: Partial<StripeOptions> = {},
  secrets: Readonly<Record<string, string>> = {},
) {
  const simulator = stripeSimulator(memoryKit(() => testNow));
  const connector = stripe({ ...names, now: () => testNow, ...options });
  const wiring = wiringOf(connector, { ...simulator.secrets, ...secrets });
  const payments = connector.connect(wiring);
  const send = directSend(simulator);
  const read = (event: PaymentEvent, by: Send = send) => payments.read(event, "pikkuna", by);
  return {
    simulator,
    connector,
    wiring,
    payments,
    send,
    read,
    orderOf: async (event: PaymentEvent): Promise<Order> => {
      const reading = await read(event);
      if (reading.kind === "order") return reading.order;
      throw new Error(`It is no order: ${JSON.stringify(reading.kind)}`);
    },
    reasonOf: async (event: PaymentEvent): Promise<string> => {
      const reading = await read(event);
      return reading.kind === "ignore" ? reading.reason : `It became an ${reading.kind}.`;
    },
  };
}

export function wiringOf(
  connector: Connector<"payments">,
  secrets: Readonly<Record<string, string>>,
  api = "https://stripe.test",
): Wiring {
  return {
    hosts: { api },
    secrets,
    connection: { ...connector.connection, provider: "stripe", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
}

export function anEvent(type: string, objectId: string, more: Partial<PaymentEvent> = {}) {
  const createdAt = "2026-11-18T11:06:40.000Z";
  return { id: "evt_test", type, createdAt, livemode: false, objectId, ...more };
}
