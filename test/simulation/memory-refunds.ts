// What went back to the buyer, in memory: kept by payment, and its order stopped, whichever is heard of first.
import type { Refund } from "../../src/connector-kit/roles.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { isFullRefund, refundNews } from "../../src/ledger/refund-alert.ts";
import { orderSubject, readSubject } from "../../src/ledger/subject.ts";
import { money } from "../../src/order/money.ts";
import type { Order } from "../../src/order/order.ts";
import { insertAlert } from "./memory-alerts.ts";
import { wakeIn } from "./memory-due-index.ts";
import { settleOrderState, skipUnbegun } from "./memory-steps.ts";
import type { MemoryTables, OrderRow } from "./memory-tables.ts";

export function memoryRefunds(tables: MemoryTables): Pick<Ledger, "recordRefund"> {
  return {
    async recordRefund(subject, refund) {
      const source = sourceOf(subject);
      keep(tables, source, refund);
      const row = heed(tables, source, refund);
      const event = tables.events.get(subject);
      if (event?.disposition === "received") event.disposition = row ? "joined" : "ignored";
    },
  };
}

export function heedAtOpening(
  tables: MemoryTables,
  subject: string,
  order: Order,
  refund: Refund | undefined,
): void {
  const source = sourceOf(subject);
  if (refund) keep(tables, source, refund);
  const known = tables.refunds.get(keyOf(source, order.payment.paymentIntent ?? ""));
  if (known) heed(tables, source, known);
}

const keyOf = (source: string, paymentIntent: string) => `${source}/${paymentIntent}`;

function sourceOf(subject: string): string {
  const event = readSubject(subject);
  if (event?.kind !== "event") throw new TypeError(`"${subject}" is no event.`);
  return event.source;
}

function keep(tables: MemoryTables, source: string, refund: Refund): void {
  const key = keyOf(source, refund.paymentIntent);
  const known = tables.refunds.get(key);
  const { refunded, paid, hasFailed, paymentIntent } = refund;
  const before = hasFailed ? 0n : (known?.refunded.minor ?? 0n);
  const minor = refunded.minor > before ? refunded.minor : before;
  const sum = money(minor, refunded.currency);
  tables.refunds.set(key, {
    paymentIntent,
    refunded: sum,
    paid: known?.paid ?? paid,
    hasFailed: false,
  });
}

function heed(tables: MemoryTables, source: string, refund: Refund): OrderRow | undefined {
  const row = [...tables.orders.values()].find(
    (one) => one.source === source && one.order.payment.paymentIntent === refund.paymentIntent,
  );
  if (!row) return undefined;
  const { reference, shopOrder, store } = row.order;
  const wasDone = row.state === "done";
  if (isFullRefund(refund) && !refund.hasFailed && !wasDone && !row.isStopped) {
    row.isStopped = true;
    skipUnbegun(tables, reference);
    settleOrderState(tables, reference);
    wakeIn(tables, orderSubject(reference), 0);
  }
  const { isStopped, steps } = row;
  const news = refundNews(refund, { reference, shopOrder, wasDone, isStopped, steps });
  if (news) insertAlert(tables, news.dedupe, store, reference, news.alert);
  return row;
}
