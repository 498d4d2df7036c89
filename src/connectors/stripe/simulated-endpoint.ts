// The one webhook endpoint of a simulated account, as Stripe lists it: without its secret.
import type { StripeObject } from "./stripe-object.ts";

/** It hears everything that Ordna needs. */
export const simulatedEndpoint: StripeObject = {
  id: "we_1Simulated",
  object: "webhook_endpoint",
  api_version: "2026-10-28.endive",
  application: null,
  created: 1_790_000_000,
  description: null,
  enabled_events: ["*"],
  livemode: false,
  metadata: {},
  status: "enabled",
  url: "https://shop.example.com/webhooks/stripe/example",
};
