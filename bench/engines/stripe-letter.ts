// How a handler verifies Stripe's letter without Ordna: with the official package.
import Stripe from "stripe";
import { webhookSecret } from "../load/paid-order.ts";

const stripe = new Stripe("sk_test_bench");

export interface Letter {
  readonly event: string;
  readonly payment: string;
}

/** Undefined when it is not signed by Stripe. */
export async function readLetter(request: Request): Promise<Letter | undefined> {
  const body = Buffer.from(await request.arrayBuffer());
  const signature = request.headers.get("stripe-signature") ?? "";
  try {
    const event = stripe.webhooks.constructEvent(body, signature, webhookSecret);
    if (event.type !== "payment_intent.succeeded") return undefined;
    return { event: event.id, payment: event.data.object.id };
  } catch {
    return undefined;
  }
}
