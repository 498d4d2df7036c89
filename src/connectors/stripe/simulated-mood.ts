// Ways in which Stripe is known to say no.
import { StripeRefusal } from "./simulated-answer.ts";

export const moods = {
  "rate-limited": "429 with the reason global-rate",
  "restricted-key": "403: the key lacks the right to read Checkout Sessions",
  "expired-key": "401: the key has expired",
  lagging: "404 for every object, as if it had been made this very moment",
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
