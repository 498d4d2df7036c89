// From an event to an order: everything is read anew, because an event's own copy may be old, or of
// an old version.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Send } from "../../connector-kit/http.ts";
import type { PaymentEvent, PaymentReading } from "../../connector-kit/roles.ts";
import { type StripeReads, stripeReads } from "./api.ts";
import { paymentIntentOrder } from "./payment-intent-order.ts";
import { expanded, type PaymentIntent } from "./payment-schema.ts";
import { type Origin, sessionOrder } from "./session-order.ts";
import type { Session } from "./session-schema.ts";
import { stripeClient } from "./stripe-client.ts";
import type { ReadingRules, StripeAccess } from "./stripe-options.ts";

// A 404 for something younger than this may be a copy of Stripe's database that lags behind.
const youngMs = 10 * 60_000;

const sessionEvents = new Set([
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
]);

export async function readOrder(
  event: PaymentEvent,
  store: string,
  send: Send,
  access: StripeAccess,
  rules: ReadingRules,
): Promise<PaymentReading> {
  const foreign = whyNotOurs(event, access, rules);
  if (foreign) return ignore(foreign);
  const isSession = sessionEvents.has(event.type);
  if (!isSession && event.type !== "payment_intent.succeeded") {
    return ignore(`"${event.type}" opens no order.`);
  }
  if (!event.objectId) {
    throw new ActionError("permanent", `Event ${event.id} does not say what it is about.`, {
      cause: "provider.unexpected_answer",
    });
  }
  const account = event.account === rules.account ? undefined : event.account;
  const isYoung = rules.now().getTime() - Date.parse(event.createdAt) < youngMs;
  const reads = stripeReads(stripeClient(access, send, account), isYoung);
  const origin = { store, account, eventAt: event.createdAt };
  return isSession
    ? fromSession(await reads.session(event.objectId), reads, origin, rules)
    : fromPaymentIntent(event.objectId, reads, origin, rules);
}

function whyNotOurs(
  event: PaymentEvent,
  access: StripeAccess,
  rules: ReadingRules,
): string | undefined {
  if (event.livemode !== access.isLive) {
    const mode = (isLive: boolean) => (isLive ? "live" : "test");
    return `It is a ${mode(event.livemode)} event, and our key is for ${mode(access.isLive)} mode.`;
  }
  const { account } = event;
  if (account && account !== rules.account && !rules.connectedAccounts.includes(account)) {
    return `It is about account ${account}, which is not one of ours.`;
  }
  return undefined;
}

async function fromSession(
  session: Session,
  reads: StripeReads,
  origin: Origin,
  rules: ReadingRules,
): Promise<PaymentReading> {
  if (session.mode !== "payment") return ignore(`A Checkout Session in ${session.mode} mode.`);
  const { payment_status: status, currency } = session;
  if (status === "unpaid") {
    return ignore("Not paid yet: Stripe will announce the payment with an event of its own.");
  }
  if (status !== "paid" && status !== "no_payment_required") {
    throw unsupported(`Checkout Session ${session.id} has the unknown payment status ${status}.`);
  }
  const intent = expanded(session.payment_intent);
  if (intent && intent.status !== "succeeded") {
    return ignore(`Its payment is ${intent.status}, not captured yet.`);
  }
  if (!currency) throw unsupported(`Checkout Session ${session.id} has no currency.`);
  const lines = await reads.lines(session.id);
  const order = sessionOrder({ ...session, currency }, lines, origin, rules);
  return { kind: "order", order };
}

/**
 * Checkout makes PaymentIntents as well: then the session is the order, whichever event comes
 * first.
 */
async function fromPaymentIntent(
  id: string,
  reads: StripeReads,
  origin: Origin,
  rules: ReadingRules,
): Promise<PaymentReading> {
  const session = await reads.sessionOf(id);
  if (session) return fromSession(session, reads, origin, rules);
  if (!rules.acceptBarePaymentIntents) return ignore("A PaymentIntent without a Checkout Session.");
  const intent: PaymentIntent = await reads.paymentIntent(id);
  if (intent.status !== "succeeded") return ignore(`The PaymentIntent is ${intent.status} by now.`);
  if (await reads.isOfInvoice(id))
    return ignore("It pays an invoice or a subscription of Stripe's.");
  const lines = await reads.intentLines(id);
  return { kind: "order", order: paymentIntentOrder(intent, lines, origin, rules) };
}

function ignore(reason: string): PaymentReading {
  return { kind: "ignore", reason };
}

function unsupported(message: string): ActionError {
  return new ActionError("permanent", message, { cause: "order.unsupported" });
}
