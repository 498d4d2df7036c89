import { createHash } from "node:crypto";

// Crockford's alphabet: no I, L, O, U, so that a reference can be read out over the telephone.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 14;

/**
 * Our reference for the order paid by `paymentObject` (a Checkout Session or PaymentIntent id): 14 characters, 70 bits.
 * It is derived, never drawn, so that an order rebuilt from Stripe finds what it made before.
 */
export function referenceFor(paymentObject: string): string {
  const digest = createHash("sha256").update(paymentObject).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 9)) bits = (bits << 8n) | BigInt(byte);
  let reference = "";
  for (let i = 0; i < length; i++) {
    reference += alphabet[Number((bits >> BigInt(5 * i)) & 31n)];
  }
  return reference;
}
