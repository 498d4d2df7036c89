import Stripe from "stripe";

/** STRIPE_API_URL is for Ordna's simulated Stripe; without it this is Stripe itself. */
export function stripe() {
  const key = process.env.STRIPE_SECRET_KEY;
  if (!key) throw new Error("Set STRIPE_SECRET_KEY.");
  const elsewhere = process.env.STRIPE_API_URL;
  if (!elsewhere) return new Stripe(key);
  const { hostname, port, protocol } = new URL(elsewhere);
  return new Stripe(key, { host: hostname, port, protocol: protocol.slice(0, -1) });
}
