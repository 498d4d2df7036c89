// What reads show while a mood bends it: copies that lag behind, endpoints that are switched off.
import type { StoreReads } from "./simulated-store.ts";
import type { StripeObject } from "./stripe-object.ts";

type Bend = (object: StripeObject) => StripeObject;

const bends: Readonly<Record<string, Bend>> = {
  stale: beforeTheMoney,
  "endpoint-disabled": (object) => endpointWith(object, { status: "disabled" }),
  "endpoint-deaf": (object) =>
    endpointWith(object, { enabled_events: ["checkout.session.completed"] }),
};

export function viewOf(store: StoreReads, moods: ReadonlySet<string>): StoreReads {
  const active = Object.keys(bends).filter((mood) => moods.has(mood));
  if (active.length === 0) return store;
  const seen: Bend = (object) =>
    active.reduce((result, mood) => bends[mood]?.(result) ?? result, object);
  return {
    find: (id, account) => {
      const object = store.find(id, account);
      return object && seen(object);
    },
    all: (kind, account) => store.all(kind, account).map(seen),
    ofIntent: (kind, intent, account) => store.ofIntent(kind, intent, account).map(seen),
    events: store.events,
  };
}

function beforeTheMoney(object: StripeObject): StripeObject {
  if (object.object === "checkout.session" && object.payment_status === "paid") {
    return { ...object, payment_status: "unpaid" };
  }
  if (object.object === "payment_intent" && object.status === "succeeded") {
    return { ...object, status: "processing", amount_received: 0 };
  }
  return object;
}

function endpointWith(object: StripeObject, fields: Readonly<Record<string, unknown>>) {
  return object.object === "webhook_endpoint" ? { ...object, ...fields } : object;
}
