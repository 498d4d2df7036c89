// What the doctor says of the endpoints that should tell Ordna of payments and refunds.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { id, text } from "./payment-schema.ts";

export const webhookEndpoint = z.object({
  id,
  object: z.literal("webhook_endpoint"),
  api_version: text,
  enabled_events: z.array(z.string()),
  status: z.string(),
  url: z.string(),
});

export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;

/** Where Ordna's door is, behind whatever stands in front of it. */
const door = "/webhooks/stripe/";

/** Half a sentence. Throws when Stripe would deliver nothing at all. */
export function endpointWords(
  endpoints: readonly WebhookEndpoint[],
  needed: readonly string[],
): string {
  const ours = endpoints.filter(({ url }) => url.includes(door));
  // Destinations of thin events are not among them.
  if (ours.length === 0) return `no endpoint for snapshot events leads to ${door}`;
  const working = ours.filter(({ status }) => status === "enabled");
  if (working.length === 0) throw switchedOff(ours);
  const heard = new Set(working.flatMap((endpoint) => endpoint.enabled_events));
  const missing = heard.has("*") ? [] : needed.filter((type) => !heard.has(type));
  const versions = new Set(working.map((endpoint) => endpoint.api_version ?? "the account's"));
  const words = `endpoints: ${working.length} (API version ${[...versions].join(", ")})`;
  return missing.length === 0 ? words : `${words}, but nothing announces ${missing.join(", ")}`;
}

function switchedOff(ours: readonly WebhookEndpoint[]): ActionError {
  const urls = ours.map(({ url }) => url).join(", ");
  const message =
    `Stripe delivers nothing: ${urls} is disabled. Enable it in Stripe's Dashboard; until then ` +
    "payments and refunds are only found by asking, minutes later.";
  return new ActionError("permanent", message, { cause: "config.invalid" });
}
