// From an event to an order: everything is read anew, because an event's own copy may be old, or of
// an old version.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Send } from "../../connector-kit/http.ts";
import type { PaymentEvent, PaymentReading, Refund } from "../../connector-kit/roles.ts";
import { type StripeReads, stripeReads } from "./api.ts";
import { mergedMetadata } from "./merged-metadata.ts";
import { paymentIntentOrder } from "./payment-intent-order.ts";
import { expanded, type PaymentIntent } from "./payment-schema.ts";
import { isRefundEvent, readRefund, refundEvents, refundOf } from "./read-refund.ts";
import { type Origin, sessionOrder } from "./session-order.ts";
import type { Session } from "./session-schema.ts";
import { stripeClient } from "./stripe-client.ts";
import type { ReadingRules, StripeAccess } from "./stripe-options.ts";
import { whyNoOrder } from "./why-no-order.ts";

// A 404 for something younger than this may be a copy of Stripe's database that lags behind.
const youngMs = 10 * 60_000;

const sessionEvents = new Set([
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
]);

/** What Stripe's endpoints have to announce. */
export function neededEvents({ acceptBarePaymentIntents }: ReadingRules): string[] {
  const ofIntents = acceptBarePaymentIntents ? ["payment_intent.succeeded"] : [];
  return [...sessionEvents, ...ofIntents, ...refundEvents];
}

export async function readOrder(
  event: PaymentEvent,
  store: string,
  send: Send,
  access: StripeAccess,
  rules: ReadingRules,
): Promise<PaymentReading> {
  const foreign = whyNotOurs(event, access, rules);
  if (foreign) return foreign;
  const isSession = sessionEvents.has(event.type);
  const isRefund = isRefundEvent(event.type);
  if (!isSession && !isRefund && event.type !== "payment_intent.succeeded") {
    return ignore(whyNoOrder(event.type));
  }
  if (!event.objectId) {
    throw new ActionError("permanent", `Event ${event.id} does not say what it is about.`, {
      cause: "provider.unexpected_answer",
    });
  }
  const account = event.account === rules.account ? undefined : event.account;
  const isYoung = rules.now().getTime() - Date.parse(event.createdAt) < youngMs;
  const reads = stripeReads(stripeClient(access, send, account), { isYoung, account });
  if (isRefund) return readRefund(event.type, event.objectId, reads, isYoung);
  const origin = { store, account, eventAt: event.createdAt };
  const reading = await (isSession
    ? fromSession(await reads.session(event.objectId), reads, origin, rules)
    : fromPaymentIntent(event.objectId, reads, origin, rules));
  if ("isUnpaid" in reading) {
    // An event says that the money came and a read that it did not: a copy of Stripe's database
    // lags behind. Ignored now, the order would wait until somebody looks for lost ones.
    if (isYoung && event.type !== "checkout.session.completed") throw notPaidYet(event.objectId);
    return ignore(reading.reason);
  }
  return reading;
}

interface Unpaid {
  readonly isUnpaid: true;
  readonly reason: string;
}

function unpaid(reason: string): Unpaid {
  return { isUnpaid: true, reason };
}

function notPaidYet(id: string): ActionError {
  const message = `Stripe announced that ${id} is paid, and does not show it yet.`;
  return new ActionError("transient", message, { cause: "provider.unexpected_answer" });
}

function whyNotOurs(
  event: PaymentEvent,
  access: StripeAccess,
  rules: ReadingRules,
): PaymentReading | undefined {
  const { account } = event;
  if (event.livemode !== access.isLive) {
    const [theirs, ours] = [modeOf(event.livemode), modeOf(access.isLive)];
    const from = `${theirs}:${account ?? "own"}`;
    const advice =
      `Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET of one and the same mode: a key for ${theirs} ` +
      `mode here, or only endpoints of ${ours} mode at this address.`;
    const reason = `It is a ${theirs} event, and our key is for ${ours} mode.`;
    return { kind: "ignore", reason, misdirected: { from, advice } };
  }
  if (account && account !== rules.account && !rules.connectedAccounts.includes(account)) {
    const advice =
      `If it is yours, name ${account} as account, or in connectedAccounts, in ordna.config.ts; else ` +
      "remove the endpoint that sends its events here.";
    const reason = `It is about account ${account}, which is not one of ours.`;
    return { kind: "ignore", reason, misdirected: { from: account, advice } };
  }
  return undefined;
}

const modeOf = (isLive: boolean) => (isLive ? "live" : "test");

async function fromSession(
  session: Session,
  reads: StripeReads,
  origin: Origin,
  rules: ReadingRules,
): Promise<PaymentReading | Unpaid> {
  if (session.mode !== "payment") return ignore(`A Checkout Session in ${session.mode} mode.`);
  const { payment_status: status, currency } = session;
  if (status === "unpaid") {
    return unpaid("Not paid yet: Stripe will announce the payment with an event of its own.");
  }
  if (status !== "paid" && status !== "no_payment_required") {
    throw unsupported(`Checkout Session ${session.id} has the unknown payment status ${status}.`);
  }
  const intent = expanded(session.payment_intent);
  if (intent && intent.status !== "succeeded") {
    return unpaid(`Its payment is ${intent.status}, not captured yet.`);
  }
  if (!currency) throw unsupported(`Checkout Session ${session.id} has no currency.`);
  const lines = await reads.lines(session.id);
  const order = sessionOrder({ ...session, currency }, lines, origin, rules);
  return { kind: "order", order, refund: refundSince(intent) };
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
): Promise<PaymentReading | Unpaid> {
  const session = await reads.sessionOf(id);
  if (session) return fromSession(session, reads, origin, rules);
  if (!rules.acceptBarePaymentIntents) return ignore("A PaymentIntent without a Checkout Session.");
  const intent: PaymentIntent = await reads.paymentIntent(id);
  if (intent.status !== "succeeded") return unpaid(`The PaymentIntent is ${intent.status} by now.`);
  const { bareMetadataKey } = rules;
  if (bareMetadataKey && !mergedMetadata(intent.metadata)[bareMetadataKey]) {
    return ignore(
      `A PaymentIntent without "${bareMetadataKey}" in its metadata is not the shop's.`,
    );
  }
  if (await reads.isOfInvoice(id))
    return ignore("It pays an invoice or a subscription of Stripe's.");
  const lines = await reads.intentLines(id);
  const order = paymentIntentOrder(intent, lines, origin, rules);
  return { kind: "order", order, refund: refundSince(intent) };
}

/** A refund may overtake its order: its event was handled before, or is still on its way. */
function refundSince(intent: PaymentIntent | undefined): Refund | undefined {
  const charge = expanded(intent?.latest_charge);
  if (!charge || charge.amount_refunded === 0) return undefined;
  return refundOf({ ...charge, payment_intent: intent?.id }, false);
}

function ignore(reason: string): PaymentReading {
  return { kind: "ignore", reason };
}

function unsupported(message: string): ActionError {
  return new ActionError("permanent", message, { cause: "order.unsupported" });
}
