// Payments of the benchmark's shop. A letter is verified as Stripe's connector verifies it; the payment is read in one
// call, as the other engines read it, and without Stripe's rate limit, which would be all that is measured.
import { z } from "zod";
import type { Connector } from "../../src/connector-kit/connector.ts";
import { secret } from "../../src/connector-kit/connector.ts";
import { readJson } from "../../src/connector-kit/http.ts";
import { stripe } from "../../src/connectors/stripe/connector.ts";
import { money } from "../../src/order/money.ts";
import type { Order } from "../../src/order/order.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { ask, connector } from "./on-this-machine.ts";

const text = z.string().max(500);
const payment = z.object({
  id: text,
  amount: z.int(),
  created: z.int(),
  receipt_email: text,
  metadata: z.object({ locale: text }),
  shipping: z.object({
    name: text,
    address: z.object({ line1: text, city: text, postal_code: text, country: text }),
  }),
  line_items: z.array(z.object({ name: text, quantity: z.int(), total: z.int() })).max(100),
});

const secrets = {
  secretKey: secret("STRIPE_SECRET_KEY"),
  webhookSecrets: secret("STRIPE_WEBHOOK_SECRET"),
};

export const payments = (): Connector<"payments"> =>
  connector(
    "payments",
    (wiring) => ({
      connection: wiring.connection,
      verify: stripe(secrets).connect(wiring).verify,
      async read(event, store, send) {
        const answer = await ask(wiring, send, `/stripe/${event.objectId}`);
        return { kind: "order", order: orderOf(readJson(answer, payment), store) };
      },
      // There is nothing that was paid without a letter.
      async *paidIn() {},
    }),
    secrets,
  );

function orderOf(paid: z.infer<typeof payment>, store: string): Order {
  const eur = (minor: number) => money(minor, "EUR");
  const { line1, city, postal_code: postalCode, country } = paid.shipping.address;
  const buyer = {
    name: paid.shipping.name,
    email: paid.receipt_email,
    address: { line1, city, postalCode, country },
  };
  return {
    reference: referenceFor(paid.id),
    store,
    payment: { provider: "stripe", object: paid.id, paymentIntent: paid.id, livemode: false },
    paidAt: new Date(paid.created * 1000).toISOString(),
    currency: "EUR",
    lines: paid.line_items.map(({ name, quantity, total }, i) => ({
      id: `${paid.id}_${i}`,
      description: name,
      quantity,
      subtotal: eur(total),
      discount: eur(0),
      tax: eur(0),
      total: eur(total),
      taxes: [],
    })),
    discount: eur(0),
    tax: eur(0),
    total: eur(paid.amount),
    taxSource: "none",
    buyer,
    shipTo: buyer,
    taxIds: [],
    locale: { tag: paid.metadata.locale, source: "metadata" },
    customFields: {},
    metadata: {},
    notes: [],
  };
}
