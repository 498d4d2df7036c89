// The reads that an order is made of, through the official package; every answer is parsed before
// it is believed.
import type Stripe from "stripe";
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { charge, idOf, intentLine, paymentIntent, refund } from "./payment-schema.ts";
import { type LineItem, lineItem, type Session, session } from "./session-schema.ts";
import { fromStripeError, type Reading } from "./stripe-error.ts";
import { type WebhookEndpoint, webhookEndpoint } from "./webhook-endpoints.ts";

const pageSize = 100;
const maxLines = 10_000; // The most that the package pages through, and that an order holds.

// An expanded path may be four objects deep, and a list takes one of the four.
// https://docs.stripe.com/expand
const ofSession = [
  "customer",
  "payment_intent.latest_charge",
  "shipping_cost.shipping_rate",
  "shipping_cost.taxes",
];

export type StripeReads = ReturnType<typeof stripeReads>;

export function stripeReads(client: Stripe, reading: Reading) {
  const ask = <T>(schema: z.ZodType<T>, answer: Promise<unknown>) => asked(schema, answer, reading);
  return {
    session: async (id: string): Promise<Session> =>
      answerTo(
        id,
        await ask(session, client.checkout.sessions.retrieve(id, { expand: ofSession })),
      ),

    /** The Checkout Session that made this PaymentIntent, if one did. */
    sessionOf: async (paymentIntentId: string): Promise<Session | undefined> => {
      const expand = ofSession.map((path) => `data.${path}`);
      const params = { payment_intent: paymentIntentId, limit: 1, expand };
      const page = await ask(
        z.object({ data: z.array(session) }),
        client.checkout.sessions.list(params),
      );
      const [found] = page.data;
      // A list that ignored its filter would give us somebody else's order.
      if (found) answerTo(paymentIntentId, { id: idOf(found.payment_intent) });
      return found;
    },

    /** All of them: a retrieve would hold the first ten only. */
    lines: (sessionId: string): Promise<LineItem[]> => {
      const params = { limit: pageSize, expand: ["data.price.product", "data.taxes"] };
      const pages = client.checkout.sessions.listLineItems(sessionId, params);
      return ask(z.array(lineItem), pages.autoPagingToArray({ limit: maxLines }));
    },

    paymentIntent: async (id: string) =>
      answerTo(
        id,
        await ask(
          paymentIntent,
          client.paymentIntents.retrieve(id, { expand: ["latest_charge", "customer"] }),
        ),
      ),

    intentLines: (id: string) => {
      const pages = client.paymentIntents.listAmountDetailsLineItems(id, { limit: pageSize });
      return ask(z.array(intentLine), pages.autoPagingToArray({ limit: maxLines }));
    },

    charge: (id: string) => ask(charge, client.charges.retrieve(id)),

    refund: (id: string) => ask(refund, client.refunds.retrieve(id, { expand: ["charge"] })),

    /**
     * Invoices and subscriptions make PaymentIntents too; since 2025 only the invoice's side shows
     * it.
     */
    isOfInvoice: async (paymentIntentId: string): Promise<boolean> => {
      const payment = { type: "payment_intent" as const, payment_intent: paymentIntentId };
      const page = await ask(
        z.object({ data: z.array(z.unknown()) }),
        client.invoicePayments.list({ payment, limit: 1 }),
      );
      return page.data.length > 0;
    },

    /**
     * What the doctor asks: the reads above in one, so that a missing right shows before the first
     * order.
     */
    probe: async (readsInvoices: boolean): Promise<void> => {
      const expand = ofSession.map((path) => `data.${path}`);
      const anyList = z.object({ data: z.array(z.unknown()) });
      const limit = 1;
      await ask(anyList, client.checkout.sessions.list({ limit, expand }));
      // An account without sessions has nothing to expand, and would hide that these rights lack.
      await ask(anyList, client.paymentIntents.list({ limit }));
      await ask(anyList, client.charges.list({ limit }));
      await ask(anyList, client.customers.list({ limit }));
      await ask(anyList, client.products.list({ limit }));
      await ask(anyList, client.events.list({ limit }));
      await ask(anyList, client.refunds.list({ limit }));
      if (readsInvoices) await ask(anyList, client.invoicePayments.list({ limit }));
    },

    /** Of snapshot events; there are 16 at most. */
    endpoints: async (): Promise<WebhookEndpoint[]> => {
      const list = z.object({ data: z.array(webhookEndpoint) });
      return (await ask(list, client.webhookEndpoints.list({ limit: pageSize }))).data;
    },
  };
}

/** Stripe is not expected to mix objects up; a proxy or a cache on the way is. */
function answerTo<T extends { readonly id: string | undefined }>(id: string, answer: T): T {
  if (answer.id === id) return answer;
  throw new ActionError("transient", `Stripe answered with another object than ${id}.`, {
    cause: "provider.unexpected_answer",
  });
}

async function asked<T>(
  schema: z.ZodType<T>,
  answer: Promise<unknown>,
  reading: Reading,
): Promise<T> {
  let value: unknown;
  try {
    value = await answer;
  } catch (thrown) {
    throw fromStripeError(thrown, reading);
  }
  return believed(schema, value);
}

function believed<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") || "body";
  throw new ActionError(
    "transient",
    `Unexpected answer from Stripe: ${where}: ${issue?.message}.`,
    {
      cause: "provider.unexpected_answer",
    },
  );
}
