// What went back to the buyer: kept by payment, and its order stopped, whichever of the two is heard of first.
import type { Refund } from "../connector-kit/roles.ts";
import { money } from "../order/money.ts";
import type { StepState } from "../pipeline/plan.ts";
import { insertAlert } from "./alerts.ts";
import type { Database, Queryable } from "./database/database.ts";
import { isFullRefund, refundNews } from "./refund-alert.ts";
import { stopOrder } from "./stop-order.ts";
import { readSubject } from "./subject.ts";

/** One transaction: the refund, what it stops, what people are told of it, and the event's end. */
export async function recordRefund(db: Database, subject: string, refund: Refund): Promise<void> {
  const event = readSubject(subject);
  if (event?.kind !== "event") throw new TypeError(`"${subject}" is no event.`);
  const { source, id } = event;
  await db.transaction(async (tx) => {
    await lockPayment(tx, source, refund.paymentIntent);
    await keepRefund(tx, source, refund);
    const reference = await heedRefund(tx, source, refund);
    await tx.query(
      `update event set disposition = $3, reason = $4, reference = $5, settled_at = now()
       where source = $1 and id = $2 and disposition = 'received'`,
      [
        source,
        id,
        reference ? "joined" : "ignored",
        reference
          ? null
          : `No order of ${refund.paymentIntent} is known. The refund is remembered.`,
        reference ?? null,
      ],
    );
  });
}

/**
 * Who opens an order and who hears of its refund take turns: else both could look for the other before either is there.
 * Always the first lock of a transaction.
 */
export async function lockPayment(tx: Queryable, source: string, intent: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `payment/${source}/${intent}`,
  ]);
}

/** Readings may come out of order: money that went back only comes back when a refund failed. */
export async function keepRefund(tx: Queryable, source: string, refund: Refund): Promise<void> {
  await tx.query(
    `insert into refund (source, payment_intent, currency, refunded_minor, paid_minor)
     values ($1, $2, $3, $4, $5)
     on conflict (source, payment_intent) do update set changed_at = now(),
       refunded_minor = case when $6 then excluded.refunded_minor
         else greatest(refund.refunded_minor, excluded.refunded_minor) end`,
    [
      source,
      refund.paymentIntent,
      refund.refunded.currency,
      refund.refunded.minor,
      refund.paid.minor,
      refund.hasFailed,
    ],
  );
}

interface RefundRow {
  currency: string;
  refunded: string;
  paid: string;
}

/** What is known of a payment's refunds, as far as it concerns an order that opens. */
export async function knownRefund(
  tx: Queryable,
  source: string,
  paymentIntent: string,
): Promise<Refund | undefined> {
  const { rows } = await tx.query<RefundRow>(
    `select currency, refunded_minor::text as refunded, paid_minor::text as paid
     from refund where source = $1 and payment_intent = $2`,
    [source, paymentIntent],
  );
  const [row] = rows;
  if (!row) return undefined;
  const amount = (minor: string) => money(BigInt(minor), row.currency);
  return {
    paymentIntent,
    refunded: amount(row.refunded),
    paid: amount(row.paid),
    hasFailed: false,
  };
}

interface OrderRow {
  reference: string;
  store: string;
  state: string;
  is_stopped: boolean;
  shop_order: string | null;
}

/** Stops the payment's order if it must be stopped, and tells people. Resolves to its reference, if there is one. */
export async function heedRefund(
  tx: Queryable,
  source: string,
  refund: Refund,
): Promise<string | undefined> {
  const { rows } = await tx.query<OrderRow>(
    `select reference, store, state, stopped_at is not null as is_stopped, facts->>'shopOrder' as shop_order
     from orders where source = $1 and payment_intent = $2 for update`,
    [source, refund.paymentIntent],
  );
  const [order] = rows;
  if (!order) return undefined;
  const { reference } = order;
  const wasDone = order.state === "done";
  const stops = isFullRefund(refund) && !refund.hasFailed && !wasDone;
  if (stops && !order.is_stopped) await stopOrder(tx, reference, "order.refunded");
  const steps = await tx.query<{ name: string; provider: string; state: StepState }>(
    `select s.name, s.provider, s.state from step s join run r on r.id = s.run
     where r.reference = $1 order by r.opened_at, s.position`,
    [reference],
  );
  const isStopped = order.is_stopped || stops;
  const shopOrder = order.shop_order ?? undefined;
  const about = { reference, shopOrder, wasDone, isStopped, steps: steps.rows };
  const news = refundNews(refund, about);
  if (news) await insertAlert(tx, news.dedupe, order.store, reference, news.alert);
  return reference;
}
