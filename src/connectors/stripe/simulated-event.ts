// Events in both of Stripe's forms. The API version of the endpoint decides a snapshot's shape, for
// ever.

import { template } from "./payment-template.ts";
import { shown } from "./simulated-expand.ts";
import { isStripeObject, type StripeObject } from "./stripe-object.ts";

const apiVersion = "2026-10-28.endive";

export function snapshotEvent(
  id: string,
  type: string,
  object: StripeObject,
  createdAt: Date,
): StripeObject {
  return {
    ...template.event,
    id,
    type,
    api_version: apiVersion,
    created: Math.floor(createdAt.getTime() / 1000),
    // What is only shown on request is not in events either.
    data: { object: plain(object) },
    pending_webhooks: 1,
  };
}

export function thinEvent(
  id: string,
  type: string,
  object: StripeObject,
  createdAt: Date,
): StripeObject {
  const url = `/v1/${paths[object.object] ?? `${object.object}s`}/${object.id}`;
  return {
    id,
    object: "v2.core.event",
    type: `v1.${type}`,
    created: createdAt.toISOString(),
    livemode: false,
    related_object: { id: object.id, type: object.object, url },
  };
}

const paths: Readonly<Record<string, string>> = { "checkout.session": "checkout/sessions" };

function plain(object: StripeObject): StripeObject {
  const value = shown(object, [], () => undefined);
  return isStripeObject(value) ? value : object;
}
