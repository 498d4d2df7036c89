// The payments and refunds that Stripe announced in a period, whether or not a webhook reached us.
// https://docs.stripe.com/api/events/list
import type Stripe from "stripe";
import { z } from "zod";
import type { FoundPayment, PaidQuery } from "../../connector-kit/roles.ts";
import { amountOf, shortBody } from "./found-payment.ts";
import { createdIn, listed, pageSize } from "./listed.ts";
import { parseEvent } from "./parse-event.ts";
import { expandable, id, idOf } from "./payment-schema.ts";
import type { ReadingRules } from "./stripe-options.ts";

/** Stripe lists the events of the last 30 days. */
const keptMs = 30 * 24 * 3600_000;
/** The one event that each refund has, whatever became of it. */
const refundType = "refund.created";
/** As much as the door takes. */
const maxBodyBytes = 1024 * 1024;

// An event has the shape of its endpoint's API version, for ever: nothing of it is relied upon.
const glance = z.object({
  data: z.object({
    object: z.object({
      payment_intent: expandable(z.object({ id })).nullish().catch(undefined),
      payment_status: z.string().nullish().catch(undefined),
      mode: z.string().nullish().catch(undefined),
      amount_total: z.int().nullish().catch(undefined),
      amount_received: z.int().nullish().catch(undefined),
      currency: z
        .string()
        .regex(/^[a-z]{3}$/)
        .nullish()
        .catch(undefined),
    }),
  }),
});

export async function* listEvents(
  client: Stripe,
  query: PaidQuery,
  account: string | undefined,
  rules: ReadingRules,
): AsyncGenerator<FoundPayment> {
  if (query.until.getTime() <= rules.now().getTime() - keptMs) return;
  const types = ["checkout.session.completed", "checkout.session.async_payment_succeeded"];
  if (rules.acceptBarePaymentIntents) types.push("payment_intent.succeeded");
  types.push(refundType);
  const list = client.events.list({ types, created: createdIn(query), limit: pageSize });
  for await (const item of listed(z.unknown(), list, account)) {
    const found = foundIn(item, account);
    if (found) yield found;
  }
}

/** Undefined for what is not paid, and for what nobody can read: its payment is found by itself. */
function foundIn(item: unknown, account: string | undefined): FoundPayment | undefined {
  const text = JSON.stringify(item, null, 2);
  const parsed = parseEvent(text);
  const seen = glance.safeParse(item).data?.data.object;
  if (parsed.kind !== "event" || !parsed.event.objectId || !seen) return undefined;
  if (seen.payment_status === "unpaid" || (seen.mode ?? "payment") !== "payment") return undefined;
  const event = { ...parsed.event, account: parsed.event.account ?? account };
  const bytes = new TextEncoder().encode(text);
  const body = bytes.length > maxBodyBytes ? shortBody(event) : bytes;
  const { objectId } = parsed.event;
  // Not by its payment, which has an order: the refund would pass for known.
  if (event.type === refundType) return { event, body, objects: [objectId] };
  const intent = idOf(seen.payment_intent);
  return {
    event,
    body,
    objects: [objectId, ...(intent ? [intent] : [])],
    amount: amountOf(seen.amount_total ?? seen.amount_received, seen.currency),
  };
}
