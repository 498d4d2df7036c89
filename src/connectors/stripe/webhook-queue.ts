// What Stripe still has to deliver, and what was acknowledged. Both outlive a kill.
import type { Collection, SimulatorKit } from "../../connector-kit/simulator.ts";

/** One event on its way to the endpoint; a duplicate is a delivery of its own. */
export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly lastFailure?: string;
}

export interface Acknowledgement {
  readonly eventId: string;
  /** ISO date-time. */
  readonly at: string;
  readonly attempts: number;
}

export interface WebhookQueue {
  add(delivery: Delivery): void;
  /** Earliest first. */
  due(now: number): readonly Delivery[];
  acknowledge(delivery: Delivery, at: Date): void;
  postpone(delivery: Delivery, dueAt: number, failure: string): void;
  /** Ids of the events that were ever queued. */
  readonly known: () => ReadonlySet<string>;
  readonly waiting: () => readonly Delivery[];
  readonly acknowledged: () => readonly Acknowledgement[];
}

export function webhookQueue(kit: SimulatorKit): WebhookQueue {
  const waiting: Collection<Delivery> = kit.collection("stripe-deliveries");
  const acknowledged: Collection<Acknowledgement> = kit.collection("stripe-acknowledged");
  return {
    add: (delivery) => {
      const isKnown = waiting.get(delivery.id) || acknowledged.get(delivery.id);
      if (!isKnown) waiting.set(delivery.id, delivery);
    },
    due: (now) => {
      const due = waiting.values().filter((delivery) => delivery.dueAt <= now);
      return due.sort((a, b) => a.dueAt - b.dueAt);
    },
    acknowledge: (delivery, at) => {
      const { id, eventId, attempts } = delivery;
      // Witness first: killed in between, the event is delivered once more, never forgotten.
      acknowledged.set(id, { eventId, at: at.toISOString(), attempts: attempts + 1 });
      waiting.delete(id);
    },
    postpone: (delivery, dueAt, lastFailure) => {
      waiting.set(delivery.id, {
        ...delivery,
        dueAt,
        attempts: delivery.attempts + 1,
        lastFailure,
      });
    },
    known: () =>
      new Set([...waiting.values(), ...acknowledged.values()].map(({ eventId }) => eventId)),
    waiting: () => waiting.values(),
    acknowledged: () => acknowledged.values(),
  };
}
