// A running Ordna with simulated providers, each behind an impostor: the whole house, as hostile clients and hostile
// providers meet it.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";
import { loadConfig } from "../../src/cli/load-config.ts";
import type { Connector } from "../../src/connector-kit/connector.ts";
import type { RoleName } from "../../src/connector-kit/roles.ts";
import type { PaymentSpec } from "../../src/connectors/stripe/payment-spec.ts";
import { simulatedPayment } from "../../src/connectors/stripe/payments.ts";
import type { SimulatedPayment } from "../../src/connectors/stripe/simulated-payment.ts";
import { isUnavailable } from "../../src/ledger/database/errors.ts";
import { listOrders, type OrderDetail, showOrder } from "../../src/ledger/list-orders.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { openSandbox, type SandboxRecord } from "../../src/sandbox/sandbox.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";
import { type Environment, readSettings } from "../../src/settings.ts";
import type { ServedSimulator } from "../../src/shop/connect-store.ts";
import { startOrdna } from "../../src/start-ordna.ts";
import type { Place } from "../journey/places.ts";
import { type Impostor, impostor } from "./impostor.ts";

export interface Talk {
  readonly text: string;
  readonly isClosed: boolean;
}

/**
 * Five odd answers in a row are an outage, which is probed after up to a minute, and once more when the probe meets the
 * sixth.
 */
const patienceMs = 240_000;

export async function openHostileShop(place: Place, port: number, more: Environment = {}) {
  const home = await place.settle(port);
  const { config, settings } = await loadConfig(readSettings({ ...home.env, ...more }));
  const sandbox = await openSandbox(config, settings);
  const impostors = new Map<string, Impostor>();
  const simulators = new Map<Connector<RoleName>, ServedSimulator>();
  for (const [connector, served] of sandbox.simulators) {
    const front = await impostor(served.simulator, port + 150 + impostors.size * 5);
    impostors.set(connector.provider, front);
    simulators.set(connector, { simulator: served.simulator, url: front.url });
  }
  const errors: unknown[] = [];
  const ordna = await startOrdna({
    config,
    settings,
    role: "all",
    sandbox,
    simulators,
    onError: (error) => errors.push(error),
  });
  const url = ordna.url ?? "";
  const secretOf = (provider: string, name: string) => {
    const found = [...simulators.values()].find(({ simulator }) => simulator.provider === provider);
    return found?.simulator.secrets[name] ?? "";
  };
  const webhookSecret = secretOf("stripe", "webhookSecrets").split(",")[0] ?? "";

  const sign = (payload: string, timestamp = Math.floor(Date.now() / 1000)) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });

  /** One delivery to Stripe's door, signed as Stripe signs. `null` leaves the signature out. */
  const deliver = (body: string, signature: string | null = sign(body), headers = {}) =>
    fetch(`${url}/webhooks/stripe/pikkuna`, {
      method: "POST",
      body,
      headers: { ...(signature === null ? {} : { "stripe-signature": signature }), ...headers },
    });

  return {
    ordna,
    url,
    port: Number(new URL(url).port),
    sandbox,
    errors,
    webhookSecret,
    secretOf,
    sign,
    deliver,
    env: home.env,
    front: (provider: string): Impostor => {
      const found = impostors.get(provider);
      if (!found) throw new Error(`Nobody stands before ${provider}.`);
      return found;
    },
    /** Raw bytes; what comes back until the server closes, or is silent for `quietMs`. */
    talk: (bytes: string, quietMs = 10_000) => talk(Number(new URL(url).port), bytes, quietMs),
    /** Stripe knows of the payment; its events are not delivered by themselves. */
    record: (payment: SimulatedPayment) => {
      // The sender is not told where the door is, so only the test delivers.
      sandbox.pay("pikkuna", payment);
      return payment;
    },
    count: async (table: "event" | "orders" | "due" | "alert") => {
      const { rows } = await ordna.db.query<{ n: number }>(`select count(*) as n from ${table}`);
      return Number(rows[0]?.n);
    },
    event: async (id: string) => {
      const { rows } = await askAgain(() =>
        ordna.db.query<{
          disposition: string;
          reason: string | null;
          deliveries: number;
          body: Uint8Array;
        }>("select disposition, reason, deliveries, body from event where id = $1", [id]),
      );
      return rows[0];
    },
    orders: async () => (await listOrders(ordna.db, { limit: 200 })).orders,
    held: (reference: string, provider: string, kind: string): readonly SandboxRecord[] =>
      sandbox
        .records()
        .filter((r) => r.provider === provider && r.kind === kind && r.reference === reference),
    /** The order once `isThere` says so; fails with what it looked like when the time is up. */
    orderWhen: async (
      reference: string,
      isThere: (order: OrderDetail) => boolean,
    ): Promise<OrderDetail> => {
      const endsAt = performance.now() + patienceMs;
      for (;;) {
        const order = await askAgain(() => showOrder(ordna.db, reference));
        if (order && isThere(order)) return order;
        if (performance.now() > endsAt) {
          throw new Error(`${reference} never came there: ${JSON.stringify(order, null, 1)}`);
        }
        await sleep(50);
      }
    },
    close: async () => {
      await sandbox.stopDelivering();
      await ordna.close();
      for (const front of impostors.values()) await front.close();
      await sandbox.close();
      await home.remove();
    },
  };
}

export type HostileShop = Awaited<ReturnType<typeof openHostileShop>>;

/** A connection that an outage cut is noticed by who uses it next, which may be the test itself. */
async function askAgain<T>(ask: () => Promise<T>): Promise<T> {
  const endsAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnavailable(error) || performance.now() > endsAt) throw error;
      await sleep(50);
    }
  }
}

function talk(port: number, bytes: string, quietMs: number): Promise<Talk> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const end = (isClosed: boolean) => {
      socket.destroy();
      resolve({ text, isClosed });
    };
    socket.setTimeout(quietMs, () => end(false));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => end(true));
    socket.write(bytes);
  });
}

/** A payment of the Finnish demo shopper; `more` stands instead of the usual. */
export function aPayment(id: string, more: Partial<PaymentSpec> = {}): SimulatedPayment {
  const { buyer, ...shopper } = shoppers.finnish;
  return simulatedPayment({
    ...shopper,
    id,
    kind: "checkout",
    vatInclusive: true,
    buyer: { ...buyer, email: `${id.toLowerCase().replaceAll("_", "-")}@example.com` },
    metadata: { shop_order: `PK-${id}` },
    createdAt: new Date(),
    ...more,
  });
}

export const referenceOf = (payment: SimulatedPayment): string => referenceFor(payment.id);

export function bodyOf(payment: SimulatedPayment, type: string): string {
  const found = payment.events.find(({ event }) => event.type === type);
  if (!found) throw new Error(`${payment.id} has no ${type}.`);
  return JSON.stringify(found.event);
}

/** Nothing moves any more: done, waiting for a person, or for a step that does. */
export function isSettled({ state, steps }: OrderDetail): boolean {
  if (state === "done") return true;
  return (
    state === "attention" &&
    steps.every((s) => s.state === "done" || s.state === "attention" || s.state === "blocked")
  );
}
