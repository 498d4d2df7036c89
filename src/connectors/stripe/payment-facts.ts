// What the PaymentIntent and its charge add to an order, with a session or without.
import { cleanText } from "./clean-text.ts";
import { written } from "./complete-order.ts";
import { type Charge, idOf, type PaymentIntent } from "./payment-schema.ts";
import { fromStripe } from "./stripe-amount.ts";
import type { ReadingRules } from "./stripe-options.ts";

/** The charge's time: the same whichever event told us of the payment. */
export function paidAtOf(charge: Charge | undefined, eventAt: string): string {
  return charge ? new Date(charge.created * 1000).toISOString() : eventAt;
}

export function shopOrderOf(
  metadata: Readonly<Record<string, string>>,
  rules: ReadingRules,
  intent: PaymentIntent | undefined,
  clientReference: string | null | undefined,
): string | undefined {
  const named = rules.shopOrderMetadataKeys.map((key) => metadata[key]);
  const candidates = [...named, intent?.payment_details?.order_reference, clientReference];
  return candidates.map((text) => cleanText(text, 500)).find((text) => text !== undefined);
}

/** What happened to the money since: a parcel should not leave unseen after a refund. */
export function paymentNotes(charge: Charge | undefined, currency: string): string[] {
  if (!charge) return [];
  const notes: string[] = [];
  if (charge.amount_refunded > 0) {
    notes.push(`Refunded already: ${written(fromStripe(charge.amount_refunded, currency))}.`);
  }
  if (charge.disputed) notes.push("The buyer disputes the payment.");
  const review = idOf(charge.review);
  if (review) notes.push(`Stripe Radar has reviewed or reviews the payment: ${review}.`);
  return notes;
}
