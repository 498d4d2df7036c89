import { randomBytes } from "node:crypto";
import Stripe from "stripe";

/** As Stripe delivers it: nothing for us to do, and large enough to fill a disk. */
export function signedEvent(id: string, secret: string) {
  const object = { id: "cus_1", object: "customer", name: randomBytes(200_000).toString("hex") };
  const body = JSON.stringify({
    id,
    object: "event",
    type: "customer.updated",
    api_version: "2026-10-29",
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    data: { object },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  return { body, headers };
}
