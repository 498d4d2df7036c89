// A paid order as Stripe announces it: a letter of some 3 KB, signed.
import { createHmac } from "node:crypto";

export const webhookSecret = "whsec_bench";

export interface PaidOrder {
  readonly event: string;
  readonly payment: string;
  readonly body: string;
}

/** `run` keeps the ids of several runs apart. */
export function paidOrder(run: string, number: number): PaidOrder {
  const name = `${run}${String(number).padStart(7, "0")}`;
  const [event, payment] = [`evt_${name}`, `pi_${name}`];
  return { event, payment, body: before + event + between + payment + after };
}

export function signatureOf(body: string, now = new Date()): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const signed = createHmac("sha256", webhookSecret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${signed}`;
}

const eventMark = "@event@";
const paymentMark = "@payment@";

const letter = {
  id: eventMark,
  object: "event",
  api_version: "2026-04-22.dahlia",
  created: Math.floor(Date.now() / 1000),
  livemode: false,
  pending_webhooks: 1,
  request: { id: "req_bench", idempotency_key: "a1b2c3d4-1111-2222-3333-444455556666" },
  type: "payment_intent.succeeded",
  data: {
    object: {
      id: paymentMark,
      object: "payment_intent",
      amount: 12_900,
      amount_capturable: 0,
      amount_details: { tip: {} },
      amount_received: 12_900,
      application: null,
      application_fee_amount: null,
      automatic_payment_methods: null,
      canceled_at: null,
      cancellation_reason: null,
      capture_method: "automatic",
      client_secret: "pi_bench_secret_bench",
      confirmation_method: "automatic",
      created: 1_795_000_000,
      currency: "eur",
      customer: "cus_bench",
      description: "Order of a web shop",
      invoice: null,
      last_payment_error: null,
      latest_charge: "ch_bench",
      livemode: false,
      metadata: {
        locale: "fi",
        order_id: "BENCH-2026-00012345",
        items: JSON.stringify(
          Array.from({ length: 5 }, (_, i) => ({
            sku: `BLIND-120-160-${i}`,
            name: `Blackout curtain ${i}`,
            quantity: i + 1,
            price: 4_300,
          })),
        ),
      },
      next_action: null,
      on_behalf_of: null,
      payment_method: "pm_bench",
      payment_method_options: {
        card: { installments: null, mandate_options: null, request_three_d_secure: "automatic" },
        klarna: { preferred_locale: null },
      },
      payment_method_types: ["card", "klarna"],
      processing: null,
      receipt_email: "buyer@example.com",
      review: null,
      setup_future_usage: null,
      shipping: {
        address: {
          city: "Helsinki",
          country: "FI",
          line1: "Mannerheimintie 12 A 3",
          line2: null,
          postal_code: "00100",
          state: null,
        },
        carrier: null,
        name: "Example Buyer",
        phone: "+358401234567",
        tracking_number: null,
      },
      source: null,
      statement_descriptor: "BENCH",
      statement_descriptor_suffix: null,
      status: "succeeded",
      transfer_data: null,
      transfer_group: null,
    },
  },
};

const [before = "", rest = ""] = JSON.stringify(letter, null, 2).split(eventMark);
const [between = "", after = ""] = rest.split(paymentMark);
