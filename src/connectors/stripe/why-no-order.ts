// Why an event opens no order and stops none, in the shop's words.

const reasons: Readonly<Record<string, string>> = {
  "checkout.session.async_payment_failed":
    "The delayed payment failed. There is no order, so nothing has to be undone.",
  "checkout.session.expired": "The buyer never finished. There is no order.",
  "payment_intent.payment_failed":
    "A payment was tried and failed. Stripe announces the one that succeeds.",
  "payment_intent.canceled": "The payment was cancelled before the money came. There is no order.",
  "payment_intent.amount_capturable_updated":
    "Authorised, not captured. The order opens when the money is taken.",
};

export function whyNoOrder(type: string): string {
  const reason = Object.hasOwn(reasons, type) ? reasons[type] : undefined;
  if (reason) return reason;
  // Nobody can tell for the shop whether to ship while a buyer's bank or Radar asks.
  if (/^(?:charge\.dispute|review|radar)\./.test(type)) {
    return `"${type}" opens no order, and stops none: decide in Stripe, and refund to stop it.`;
  }
  return `"${type}" opens no order.`;
}
