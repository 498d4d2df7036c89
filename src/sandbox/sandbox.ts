// The simulated world around a shop: a simulator for each provider that has no key, and Stripe's webhooks.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Connector } from "../connector-kit/connector.ts";
import { type MisbehavingSimulator, misbehaving } from "../connector-kit/misbehaviour.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import type { SimulatedRecord, Simulator } from "../connector-kit/simulator.ts";
import type { SimulatedPayment } from "../connectors/stripe/simulated-payment.ts";
import type { StripeSimulator } from "../connectors/stripe/simulator.ts";
import type { Settings } from "../settings.ts";
import { isSimulated, roleNames, type ServedSimulator } from "../shop/connect-store.ts";
import type { Config } from "../shop/define-config.ts";
import { writeAddresses } from "./addresses.ts";
import { journalledKit } from "./journal.ts";
import { type Listening, serveSimulator } from "./serve-simulator.ts";
import { type WebhookSender, webhookSender } from "./webhook-sender.ts";

export interface Sandbox {
  readonly simulators: ReadonlyMap<Connector<RoleName>, SandboxedSimulator>;
  /** Every provider that has keys to be given is simulated: nothing leaves this machine. */
  readonly isComplete: boolean;
  /** Everything that the simulated providers hold. */
  records(): readonly SandboxRecord[];
  /** The stores whose Stripe is simulated. */
  readonly shops: readonly string[];
  /**
   * Somebody pays in the simulated Stripe. Paying the same again delivers its events once more. The result names the
   * deliveries that are due at once.
   */
  pay(store: string, payment: SimulatedPayment): readonly string[];
  areDelivered(store: string, deliveries: readonly string[]): boolean;
  /** The events that Ordna said 200 to: the witness of what must not be lost. */
  acknowledged(store: string): ReadonlySet<string>;
  /** From now on Stripe's events go to this door, or to the one of each store. */
  deliverTo: WebhookSender["deliverTo"];
  stopDelivering(): Promise<void>;
  close(): Promise<void>;
}

export type SandboxRecord = SimulatedRecord & { readonly provider: string };

export interface SandboxedSimulator extends ServedSimulator {
  readonly store: string;
  readonly role: RoleName;
  readonly simulator: MisbehavingSimulator;
}

/** Makes the world: listens, and writes down where, for processes that only work in it. */
export async function openSandbox(config: Config, settings: Settings): Promise<Sandbox> {
  const simulators = new Map<Connector<RoleName>, SandboxedSimulator>();
  const stripes = new Map<string, StripeSimulator>();
  const listening: Listening[] = [];
  let port = settings.sandboxPort;
  let isComplete = true;
  for (const { store, role, connector } of connectorsOf(config)) {
    if (simulators.has(connector)) continue;
    if (!isSimulated(connector, settings)) {
      isComplete &&= Object.keys(connector.secrets).length === 0;
      continue;
    }
    const folder = join(settings.dataFolder, "sandbox");
    const kit = journalledKit(folder, `${store}-${connector.provider}`, () => new Date());
    const raw = connector.simulate(kit);
    if (isStripe(raw)) stripes.set(store, raw);
    const simulator = misbehaving(raw);
    const served = await serveSimulator(simulator, port);
    port = Number(new URL(served.url).port) + 1;
    listening.push(served);
    simulators.set(connector, { store, role, simulator, url: served.url });
  }
  writeAddresses(settings, simulators);
  const sender = webhookSender(stripes);
  return {
    simulators,
    isComplete,
    shops: [...stripes.keys()],
    records: () =>
      [...simulators.values()].flatMap(({ simulator }) =>
        simulator.records().map((record) => ({ ...record, provider: simulator.provider })),
      ),
    pay(store, payment) {
      const stripe = stripes.get(store);
      if (!stripe) throw new Error(`Stripe of "${store}" is not simulated: pay in Stripe itself.`);
      return payIn(stripe, payment);
    },
    areDelivered(store, deliveries) {
      const waiting = new Set(
        stripes
          .get(store)
          ?.webhooks.waiting()
          .map((delivery) => delivery.id),
      );
      return deliveries.every((id) => !waiting.has(id));
    },
    acknowledged: (store) =>
      new Set(
        stripes
          .get(store)
          ?.webhooks.acknowledged()
          .map((ack) => ack.eventId),
      ),
    deliverTo: sender.deliverTo,
    stopDelivering: sender.stop,
    async close() {
      await sender.stop();
      await Promise.all(listening.map((one) => one.close()));
    },
  };
}

function payIn(stripe: StripeSimulator, payment: SimulatedPayment): readonly string[] {
  const before = stripe.webhooks.known();
  stripe.record(payment);
  const now = Date.now();
  if (payment.events.some(({ event }) => before.has(event.id))) {
    const again = randomUUID().slice(0, 8);
    for (const { event } of payment.events) {
      stripe.webhooks.add({
        id: `${event.id}#${again}`,
        eventId: event.id,
        dueAt: now,
        attempts: 0,
      });
    }
  }
  return stripe.webhooks.due(now).map((delivery) => delivery.id);
}

function connectorsOf(config: Config) {
  return Object.entries(config.stores).flatMap(([store, shop]) =>
    roleNames.map((role): { store: string; role: RoleName; connector: Connector<RoleName> } => ({
      store,
      role,
      connector: shop[role],
    })),
  );
}

function isStripe(simulator: Simulator): simulator is StripeSimulator {
  return simulator.provider === "stripe" && "webhooks" in simulator && "record" in simulator;
}
