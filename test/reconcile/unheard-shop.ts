// For tests: a shop whose payments are a simulated Stripe that nobody delivers from, over a ledger and a held clock.
import { directSend } from "../../src/connector-kit/direct-send.ts";
import { memoryKit } from "../../src/connector-kit/simulator.ts";
import { stripe } from "../../src/connectors/stripe/connector.ts";
import { parseEvent } from "../../src/connectors/stripe/parse-event.ts";
import type { PaymentSpec } from "../../src/connectors/stripe/payment-spec.ts";
import { simulatedPayment } from "../../src/connectors/stripe/payments.ts";
import { wiringOf } from "../../src/connectors/stripe/shop-for-tests.ts";
import type { SimulatedPayment } from "../../src/connectors/stripe/simulated-payment.ts";
import { stripeSimulator } from "../../src/connectors/stripe/simulator.ts";
import type { StripeOptions } from "../../src/connectors/stripe/stripe-options.ts";
import { telegramShop } from "../../src/connectors/telegram/shop-for-tests.ts";
import type { Database } from "../../src/ledger/database/database.ts";
import { sqlReconcilerLedger } from "../../src/ledger/reconciler-ledger.ts";
import { sqlLedger } from "../../src/ledger/sql-ledger.ts";
import { eventSubject } from "../../src/ledger/subject.ts";
import { pipeline } from "../../src/pipeline/pipeline.ts";
import { step } from "../../src/pipeline/step.ts";
import { heldClock } from "../../src/worker/held-clock.ts";
import { openOrder } from "../../src/worker/open-order.ts";
import { reconciler } from "../../src/worker/reconcile.ts";
import { officeAction } from "../../src/worker/sample-office.ts";
import type { World } from "../../src/worker/world.ts";

export const hourMs = 3600_000;
export const dayMs = 24 * hourMs;

const buyer = {
  name: "Test Kund Öberg",
  email: "kund@example.com",
  address: { line1: "Storgatan 1", city: "Malmö", postalCode: "211 34" },
};
const curtain = { description: "Gardin", sku: "C-1", unitAmount: 49900, quantity: 1 };

/** `name` is the store's, and stands in all ids: tests may share a database. */
export function reconciledShop(db: Database, name: string, options: Partial<StripeOptions> = {}) {
  const clock = heldClock();
  const simulator = stripeSimulator(memoryKit(clock.now));
  const asked: string[] = [];
  const connector = stripe({
    secretKey: { env: "A" },
    webhookSecrets: { env: "B" },
    now: clock.now,
    ...options,
  });
  const wiring = wiringOf(connector, simulator.secrets);
  const payments = connector.connect({
    ...wiring,
    connection: { ...wiring.connection, account: name, limits: {} },
  });
  const send = directSend(simulator);
  const book = step("book", {
    action: officeAction("safe"),
    input: ({ reference }) => ({ reference }),
  });
  const thank = step("thank", {
    needs: { book },
    action: officeAction("safe"),
    input: ({ reference }) => ({ reference }),
  });
  const unused = () => Promise.reject(new Error("Nothing is kept here."));
  const store = {
    name,
    payments,
    alerts: { send: telegramShop().send },
    pipelines: [pipeline("paid", [book, thank])],
    keep: unused,
    open: unused,
    filesAccount: "none",
    linkTo: () => undefined,
  };
  const world = (mine = db): World => ({
    ledger: sqlLedger(mine),
    stores: new Map([[name, store]]),
    clock,
    random: () => 0.5,
    owner: "test",
    sendUntil: () => async (request) => {
      asked.push(new URL(request.url).pathname);
      return send(request);
    },
  });
  const here = world();
  const reconciling = reconciler(here, sqlReconcilerLedger(db));
  const rows = async <Row>(sql: string) => (await db.query<Row>(sql, [name])).rows;
  return {
    clock,
    simulator,
    payments,
    send,
    store,
    world,
    reconciling,
    /** What Stripe was asked for, by path. */
    asked,
    look: () => reconciling.handle(`reconcile/${name}`),
    /** Somebody pays now; no webhook comes. */
    pay(id: string, kind: PaymentSpec["kind"] = "checkout"): SimulatedPayment {
      const payment = simulatedPayment({
        id: `${name}_${id}`,
        kind,
        country: "SE",
        locale: "sv",
        currency: "SEK",
        vatPercent: 25,
        vatInclusive: true,
        buyer,
        lines: [{ ...curtain, weightGrams: 900 }],
        createdAt: clock.now(),
      });
      simulator.record(payment);
      return payment;
    },
    /** A webhook of this event comes in; gives true when it was news. */
    async deliver(id: string): Promise<boolean> {
      const text = JSON.stringify(simulator.happen(id));
      const parsed = parseEvent(text);
      const event = parsed.kind === "event" ? parsed.event : undefined;
      const body = new TextEncoder().encode(text);
      return (await here.ledger.recordEvent({ source: "stripe", store: name, event, body }))
        .isFresh;
    },
    /** The worker does what is due for every event. */
    async work(): Promise<void> {
      const ids = await rows<{ id: string }>(
        "select id from event where store = $1 and disposition = 'received'",
      );
      await Promise.all(ids.map(({ id }) => openOrder(here, eventSubject("stripe", id))));
    },
    events: () =>
      rows<{ id: string; disposition: string; deliveries: number }>(
        "select id, disposition, deliveries from event where store = $1 order by id",
      ),
    orders: async () =>
      (
        await rows<{ payment_object: string }>(
          "select payment_object from orders where store = $1 order by payment_object",
        )
      ).map((row) => row.payment_object),
    /** What the steps of an order are, by the object that was paid. */
    steps: async (object: string) =>
      rows<{ name: string; state: string; cause: string | null; looks_first: boolean }>(
        `select s.name, s.state, s.cause, s.looks_first from step s join run r on r.id = s.run
           join orders o using (reference) where o.store = $1 and o.payment_object = '${object}' order by s.position`,
      ),
    alerts: () =>
      rows<{ severity: string; title: string; lines: string[] }>(
        "select severity, title, lines from alert where store = $1 order by id",
      ),
  };
}
