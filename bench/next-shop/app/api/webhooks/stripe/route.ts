// The usual design's handler: verify, SET NX, one BullMQ job.
import Stripe from "stripe";
import { orderQueue, redis } from "../../../../shop/order-queue.ts";

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? "");
const webhookSecret = process.env.STRIPE_WEBHOOK_SECRET ?? "";
const oneDaySeconds = 86_400;

export async function POST(request: Request): Promise<Response> {
  const body = await request.arrayBuffer();
  const signature = request.headers.get("stripe-signature");
  if (!signature) return new Response("There is no signature.", { status: 400 });
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(Buffer.from(body), signature, webhookSecret);
  } catch {
    return new Response("The signature is not valid.", { status: 400 });
  }
  const isNew = await redis.set(`stripe:event:${event.id}`, "1", "EX", oneDaySeconds, "NX");
  if (isNew === null) return new Response("Already queued");
  if (event.type === "payment_intent.succeeded") {
    await orderQueue.add(
      "process-order",
      { payment: event.data.object.id, event: event.id },
      {
        attempts: 5,
        backoff: { type: "exponential", delay: 2000 },
        removeOnComplete: { count: 100 },
        removeOnFail: false,
      },
    );
  }
  return new Response("Queued");
}
