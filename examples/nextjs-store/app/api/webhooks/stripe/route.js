import { stripe } from "ordna/connectors/stripe";
import { secret } from "ordna/kit/connector";
import { stripeRoute } from "ordna/next";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export const { POST } = stripeRoute({
  store: "pikkuna", // as in the workers' ordna.config.ts
  payments: stripe({
    secretKey: secret("STRIPE_SECRET_KEY"),
    webhookSecrets: secret("STRIPE_WEBHOOK_SECRET"),
  }),
});
