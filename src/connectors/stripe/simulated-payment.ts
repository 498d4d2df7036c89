// One payment as the simulator is told of it: what Stripe holds, and what it announces.
import type { StripeObject } from "./stripe-object.ts";

export interface SimulatedPayment {
  /** The business object: cs_… when there is a session, else pi_…. */
  readonly id: string;
  /** In Stripe's units. */
  readonly amount: number;
  readonly currency: string;
  /** The connected account that it was paid on. */
  readonly account?: string;
  readonly objects: readonly StripeObject[];
  readonly events: readonly SimulatedEvent[];
}

export interface SimulatedEvent {
  /** A snapshot event, or a thin one. */
  readonly event: StripeObject;
  /** Objects as they are once it has happened. */
  readonly changes?: readonly StripeObject[];
  readonly happensAfterMs?: number;
  readonly deliver?: DeliveryWish;
}

/** How an event reaches us, beyond once and at once. */
export interface DeliveryWish {
  /** The same event so many times. */
  readonly times?: number;
  /** Late, so that others overtake it. */
  readonly afterMs?: number;
  /** The same news once more under each of these event ids, as Stripe says that it happens. */
  readonly alsoAs?: readonly string[];
}
