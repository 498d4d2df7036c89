// What of a payment went back to the buyer. Stripe's charge says it, whichever event told us.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { PaymentReading, Refund } from "../../connector-kit/roles.ts";
import type { StripeReads } from "./api.ts";
import { type Charge, expanded, idOf } from "./payment-schema.ts";
import { fromStripe } from "./stripe-amount.ts";

const ofRefund = new Set(["refund.created", "refund.updated", "refund.failed"]);

export const refundEvents: readonly string[] = ["charge.refunded", ...ofRefund];

export function isRefundEvent(type: string): boolean {
  return refundEvents.includes(type);
}

export async function readRefund(
  type: string,
  objectId: string,
  reads: Pick<StripeReads, "charge" | "refund">,
  isYoung: boolean,
): Promise<PaymentReading> {
  const refund = ofRefund.has(type) ? await reads.refund(objectId) : undefined;
  const chargeId = refund ? idOf(refund.charge) : objectId;
  if (!chargeId) return ignore("A refund of no charge stops no order.");
  const charge = expanded(refund?.charge) ?? (await reads.charge(chargeId));
  const hasFailed = refund?.status === "failed" || refund?.status === "canceled";
  const known = refundOf(charge, hasFailed);
  if (!known) return ignore("The charge belongs to no PaymentIntent, so to no order.");
  if (!hasFailed && known.refunded.minor === 0n) {
    // A copy of Stripe's database may lag behind its events.
    if (isYoung) throw notYet(charge.id);
    return ignore("Nothing of it is refunded by now.");
  }
  return { kind: "refund", refund: known };
}

/** Undefined for a charge without a PaymentIntent: those open no orders. */
export function refundOf(charge: Charge, hasFailed: boolean): Refund | undefined {
  const paymentIntent = idOf(charge.payment_intent);
  if (!paymentIntent) return undefined;
  const currency = charge.currency.toUpperCase();
  return {
    paymentIntent,
    refunded: fromStripe(charge.amount_refunded, currency),
    paid: fromStripe(charge.amount_captured, currency),
    hasFailed,
  };
}

function notYet(charge: string): ActionError {
  const message = `Stripe does not show yet that charge ${charge} was refunded.`;
  return new ActionError("transient", message, { cause: "provider.unexpected_answer" });
}

function ignore(reason: string): PaymentReading {
  return { kind: "ignore", reason };
}
