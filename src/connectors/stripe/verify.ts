// Is this webhook really from Stripe, and what does it say? The official package judges the
// signature.
import Stripe from "stripe";
import type { Verification } from "../../connector-kit/roles.ts";
import { parseEvent } from "./parse-event.ts";
import { readSignatureHeader } from "./signature-header.ts";

/** Stripe's own default. The package takes 0 for "any age", so it is no option. */
const toleranceSeconds = 300;

/** A BOM was signed as well. The package would strip it from bytes, so it gets the text with it. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * `secrets`: one for each endpoint, and two while one is rolled; Stripe signs with each that is
 * valid.
 */
export function verifyWebhook(
  body: Uint8Array,
  header: string | null,
  now: Date,
  secrets: readonly string[],
): Verification {
  if (secrets.length === 0) return refused("No webhook secret is configured.");
  const shape = readSignatureHeader(header);
  if (shape.kind === "malformed") return refused(shape.why);
  if (body.length === 0) return refused("The body is empty.");
  const age = Math.floor(now.getTime() / 1000) - shape.timestamp;
  if (age > toleranceSeconds) {
    return refused(
      `The signature is too old: ${age} s, and 300 s are allowed. Is our clock right?`,
    );
  }
  // The package accepts any time to come.
  if (age < -toleranceSeconds) {
    return refused(`The signature is from the future: ${-age} s ahead. Is our clock right?`);
  }
  const text = utf8.decode(body);
  const which = secrets.length === 1 ? "our webhook secret" : `any of ${secrets.length} secrets`;
  if (!secrets.some((secret) => isSignedWith(secret, text, shape.header, now))) {
    return refused(
      `No signature matches ${which}: ` +
        "the secret belongs to another endpoint, or the body was altered on its way.",
    );
  }
  return parseEvent(text);
}

function isSignedWith(secret: string, text: string, header: string, now: Date): boolean {
  const { signature } = Stripe.webhooks;
  if (!signature) throw new Error("The stripe package cannot check signatures here.");
  try {
    return signature.verifyHeader(text, header, secret, toleranceSeconds, undefined, now.getTime());
  } catch (thrown) {
    if (thrown instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw thrown;
  }
}

function refused(why: string): Verification {
  return { kind: "refused", why };
}
