// Payments by Stripe: webhooks in, whole orders out. It reads and never writes.
import Stripe from "stripe";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import type { Payments } from "../../connector-kit/roles.ts";
import { type StripeReads, stripeReads } from "./api.ts";
import { paidIn } from "./paid-in.ts";
import { neededEvents, readOrder } from "./read-order.ts";
import { stripeSimulator } from "./simulator.ts";
import { stripeClient } from "./stripe-client.ts";
import { accessOf, type ReadingRules, readingRules, type StripeOptions } from "./stripe-options.ts";
import { verifyWebhook } from "./verify.ts";
import { endpointWords } from "./webhook-endpoints.ts";

export function stripe(options: StripeOptions): Connector<"payments"> {
  const rules = readingRules(options);
  return {
    role: "payments",
    provider: "stripe",
    connection: {
      account: `stripe:${rules.account || "own"}`,
      // 25 requests a second in a sandbox and on any one endpoint; an order takes two to four.
      // https://docs.stripe.com/rate-limits
      limits: { concurrent: 10, perSecond: 20 },
      deadlineMs: 60_000,
      // Reading leaves nothing behind that one would have to wait for.
      maxServerMs: 0,
      maxLagMs: 0,
    },
    secrets: { secretKey: options.secretKey, webhookSecrets: options.webhookSecrets },
    hosts: { api: "https://api.stripe.com" },
    connect: (wiring) => payments(wiring, rules),
    check: async (wiring, send) => {
      const access = accessOf(wiring);
      const reads = stripeReads(stripeClient(access, send), { isYoung: false });
      await reads.probe(rules.acceptBarePaymentIntents);
      const endpoints = await endpointsSeen(reads, rules);
      const { length } = access.webhookSecrets;
      const mode = access.isLive ? "live mode: real money" : "test mode";
      const secrets =
        length === 0
          ? "no webhook secret, so no event can be verified"
          : `webhook secrets: ${length}`;
      return `Stripe answers in ${mode}, API version ${Stripe.API_VERSION}; ${secrets}; ${endpoints}.`;
    },
    simulate: stripeSimulator,
  };
}

/** A key that reads orders may still not list endpoints: that right is worth having, not needed. */
async function endpointsSeen(reads: StripeReads, rules: ReadingRules): Promise<string> {
  try {
    return endpointWords(await reads.endpoints(), neededEvents(rules));
  } catch (thrown) {
    if (!(thrown instanceof ActionError) || thrown.failure.cause !== "auth.refused") throw thrown;
    return "its endpoints were not looked at, for the key may not list them";
  }
}

function payments(wiring: Wiring, rules: ReadingRules): Payments {
  const access = accessOf(wiring);
  return {
    connection: wiring.connection,
    verify: (body, header, now) => verifyWebhook(body, header, now, access.webhookSecrets),
    read: (event, store, send) => readOrder(event, store, send, access, rules),
    paidIn: (query, send) => paidIn(query, send, access, rules),
  };
}
