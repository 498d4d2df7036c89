// What Stripe holds, in collections that outlive a kill.
import type { SimulatorKit } from "../../connector-kit/simulator.ts";
import type { SimulatedEvent } from "./simulated-payment.ts";
import { at, type StripeObject } from "./stripe-object.ts";

interface KeptObject {
  readonly object: StripeObject;
  readonly account?: string;
}

interface KeptEvent {
  readonly event: StripeObject;
  readonly changes: readonly StripeObject[];
  readonly hasHappened: boolean;
  readonly account?: string;
}

export interface SimulatedStore {
  /** Keeps what is not there yet, so that recording twice is harmless. */
  add(object: StripeObject, account?: string): void;
  addEvent(event: SimulatedEvent, account?: string): void;
  /** Makes an event happen, once: its changes are true from now on. */
  happen(eventId: string): StripeObject;
  find(id: string, account?: string): StripeObject | undefined;
  /** Newest first. */
  all(kind: string, account?: string): StripeObject[];
  /** The session or the invoice payment that belongs to a PaymentIntent. */
  ofIntent(kind: string, paymentIntentId: string, account?: string): StripeObject[];
  /** Those that have happened, newest first. */
  events(account?: string): StripeObject[];
}

export type StoreReads = Pick<SimulatedStore, "find" | "all" | "ofIntent" | "events">;

export function simulatedStore(kit: SimulatorKit): SimulatedStore {
  const objects = kit.collection<KeptObject>("stripe-objects");
  const events = kit.collection<KeptEvent>("stripe-events");
  // "checkout.session:pi_1" to the session's id.
  const byIntent = kit.collection<string>("stripe-by-intent");

  function keep(object: StripeObject, account: string | undefined): void {
    objects.set(object.id, { object, ...(account === undefined ? {} : { account }) });
    const intent = at(object, "payment_intent") ?? at(object, "payment", "payment_intent");
    if (typeof intent === "string") byIntent.set(`${object.object}:${intent}`, object.id);
  }

  function find(id: string, account?: string): StripeObject | undefined {
    const kept = objects.get(id);
    return kept?.account === account ? kept?.object : undefined;
  }

  return {
    find,
    add: (object, account) => {
      if (!objects.get(object.id)) keep(object, account);
    },
    addEvent: ({ event, changes = [], happensAfterMs = 0 }, account) => {
      if (events.get(event.id)) return;
      const hasHappened = happensAfterMs === 0;
      if (hasHappened) for (const change of changes) keep(change, account);
      const owner = account === undefined ? {} : { account };
      events.set(event.id, { event, changes, hasHappened, ...owner });
    },
    happen: (eventId) => {
      const kept = events.get(eventId);
      if (!kept) throw new RangeError(`The simulator knows no event ${eventId}.`);
      if (!kept.hasHappened) {
        for (const change of kept.changes) keep(change, kept.account);
        events.set(eventId, { ...kept, hasHappened: true });
      }
      return kept.event;
    },
    all: (kind, account) => {
      const kept = objects.values().filter((k) => k.object.object === kind);
      return newestFirst(kept.filter((k) => k.account === account).map((k) => k.object));
    },
    ofIntent: (kind, paymentIntentId, account) => {
      const id = byIntent.get(`${kind}:${paymentIntentId}`);
      const object = id === undefined ? undefined : find(id, account);
      return object ? [object] : [];
    },
    events: (account) => {
      const kept = events.values().filter((k) => k.hasHappened && k.account === account);
      return newestFirst(kept.map((k) => k.event));
    },
  };
}

/** Of the same second, the one that was recorded last comes first. */
function newestFirst(objects: readonly StripeObject[]): StripeObject[] {
  return objects.toReversed().sort((a, b) => secondsOf(b) - secondsOf(a));
}

export function secondsOf(object: StripeObject): number {
  const { created } = object;
  if (typeof created === "number") return created;
  return typeof created === "string" ? Math.floor(Date.parse(created) / 1000) : 0;
}
