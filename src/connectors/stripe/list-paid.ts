// What was begun in a period and is paid by now, announced or not: Checkout Sessions, then PaymentIntents.
// https://docs.stripe.com/api/checkout/sessions/list, https://docs.stripe.com/api/payment_intents/list
import type Stripe from "stripe";
import { z } from "zod";
import type { FoundPayment, PaidQuery } from "../../connector-kit/roles.ts";
import { amountOf, foundWithoutEvent } from "./found-payment.ts";
import { createdIn, listed, pageSize } from "./listed.ts";
import { amount, expandable, id, idOf, unixTime } from "./payment-schema.ts";
import type { ReadingRules } from "./stripe-options.ts";

const listedSession = z.object({
  id,
  object: z.literal("checkout.session"),
  created: unixTime,
  livemode: z.boolean(),
  mode: z.string(),
  payment_status: z.string(),
  payment_intent: expandable(z.object({ id })).nullish(),
  amount_total: amount.nullish(),
  currency: z.string().nullish(),
});

const listedIntent = z.object({
  id,
  object: z.literal("payment_intent"),
  created: unixTime,
  livemode: z.boolean(),
  status: z.string(),
  amount,
  currency: z.string(),
});

// Which event would have told of a session in this state.
const announcedBy: Readonly<Record<string, string>> = {
  // Not `completed`: that one may have come while the session was unpaid, and have been ignored.
  paid: "checkout.session.async_payment_succeeded",
  no_payment_required: "checkout.session.completed",
};

export async function* listPaid(
  client: Stripe,
  query: PaidQuery,
  account: string | undefined,
  rules: ReadingRules,
): AsyncGenerator<FoundPayment> {
  const params = { created: createdIn(query), limit: pageSize };
  const sessions = client.checkout.sessions.list({ ...params, status: "complete" });
  for await (const session of listed(listedSession, sessions, account)) {
    const type = announcedBy[session.payment_status];
    if (type === undefined || session.mode !== "payment") continue;
    const intent = idOf(session.payment_intent);
    yield foundWithoutEvent(session, type, account, {
      objects: [session.id, ...(intent ? [intent] : [])],
      amount: amountOf(session.amount_total, session.currency),
    });
  }
  if (!rules.acceptBarePaymentIntents) return;
  const intents = client.paymentIntents.list(params);
  for await (const intent of listed(listedIntent, intents, account)) {
    if (intent.status !== "succeeded") continue;
    yield foundWithoutEvent(intent, "payment_intent.succeeded", account, {
      objects: [intent.id],
      amount: amountOf(intent.amount, intent.currency),
    });
  }
}
