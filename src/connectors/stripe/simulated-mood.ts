// Ways in which Stripe is known to say no.
import { StripeRefusal } from "./simulated-answer.ts";

export const moods = {
  "rate-limited": "429 with the reason global-rate, and no Retry-After",
  locked: "429 lock_timeout, without a reason: another request holds the object",
  unavailable: "503 with Retry-After: 120",
  "restricted-key": "403: the key lacks the right to read Checkout Sessions",
  "expired-key": "401: the key has expired",
  "account-revoked": "403 account_invalid for everything on a connected account",
  lagging: "404 for every object, as if it had been made this very moment",
  stale: "every read shows payments as they were before the money came",
  "endpoint-disabled": "the webhook endpoint is listed as disabled",
  "endpoint-deaf": "the webhook endpoint is listed for checkout.session.completed only",
  outage: "500 api_error",
  truncated: "200, but the body stops in the middle",
};

export function checkKey(request: Request, expected: string): void {
  const key = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (key === expected) return;
  if (!key) throw new StripeRefusal(401, "You did not provide an API key.");
  const masked = `${key.slice(0, 8)}****${key.slice(-4)}`;
  throw new StripeRefusal(401, `Invalid API Key provided: ${masked}`);
}

/** Throws the refusal of the mood that is on; an answer when the mood garbles it; else nothing. */
export function showMood(active: ReadonlySet<string>, request: Request): Response | undefined {
  if (active.has("rate-limited")) {
    const headers = { "stripe-rate-limited-reason": "global-rate" };
    throw new StripeRefusal(429, "Request rate limit exceeded.", { code: "rate_limit" }, headers);
  }
  if (active.has("locked")) {
    throw new StripeRefusal(429, "This object cannot be accessed right now.", {
      code: "lock_timeout",
    });
  }
  if (active.has("unavailable")) {
    const headers = { "retry-after": "120" };
    throw new StripeRefusal(
      503,
      "Stripe is temporarily unavailable.",
      { type: "api_error" },
      headers,
    );
  }
  const account = request.headers.get("stripe-account");
  if (active.has("account-revoked") && account) {
    throw new StripeRefusal(
      403,
      `The provided key 'sk_test_****_key' does not have access to account '${account}' (or that ` +
        "account does not exist). Application access may have been revoked.",
      { code: "account_invalid" },
    );
  }
  if (active.has("expired-key")) {
    throw new StripeRefusal(401, "Expired API Key provided: sk_test_****_key", {
      code: "api_key_expired",
    });
  }
  if (active.has("restricted-key")) {
    throw new StripeRefusal(
      403,
      "The provided key 'rk_test_****_key' does not have the required permissions for this " +
        "endpoint. Having the 'rak_checkout_session_read' permission would allow this request.",
    );
  }
  if (active.has("outage")) {
    throw new StripeRefusal(500, "An unknown error occurred", { type: "api_error" });
  }
  const id = /\/((?:cs|pi|ch|cus)_[^/]+)/.exec(new URL(request.url).pathname)?.[1];
  if (active.has("lagging") && id) {
    throw new StripeRefusal(404, `No such object: '${id}'`, { code: "resource_missing" });
  }
  if (!active.has("truncated")) return undefined;
  return new Response('{"id": "cs_test_', { headers: { "content-type": "application/json" } });
}
