// Orders and their refunds, for the tests of this folder.
import assert from "node:assert/strict";
import type { Refund } from "../connector-kit/roles.ts";
import { money } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import {
  anEvent,
  anOrderPaidBy,
  aPayment,
  aStep,
  claimed,
  endings,
  type TestLedger,
} from "./test-ledger.ts";

export const minuteMs = 60_000;
/** Parcel, then label and e-mail; the row in the production log waits for nothing. */
export const run = {
  trigger: "paid",
  steps: [
    aStep("book", { settleMs: minuteMs }),
    aStep("label", { needs: ["book"] }),
    aStep("mail", { needs: ["label"] }),
    aStep("row"),
  ],
};

export function aPaidOrder(): Order {
  const session = aPayment();
  return anOrderPaidBy(session, `pi_of_${session}`);
}

/** Of 100.00 EUR. */
export function refundOf({ payment }: Order, minor = 10_000, hasFailed = false): Refund {
  const eur = (value: number) => money(value, "EUR");
  const paymentIntent = payment.paymentIntent ?? "";
  return { paymentIntent, refunded: eur(minor), paid: eur(10_000), hasFailed };
}

let last = 0;

export function refundsIn({ ledger, db }: TestLedger) {
  async function anEventOf(order: Order, what: string): Promise<string> {
    last += 1;
    const id = `evt_${what}_${last}_${order.reference}`;
    return (await ledger.recordEvent(anEvent(id))).subject;
  }
  return {
    anEventOf,
    /** The order of a payment, opened; gives it back. */
    async open(order = aPaidOrder(), refund?: Refund): Promise<Order> {
      await ledger.openOrder(await anEventOf(order, "paid"), order, run, refund);
      return order;
    },
    /** An event says so; gives its subject. */
    async refund(order: Order, minor?: number, hasFailed?: boolean): Promise<string> {
      const subject = await anEventOf(order, "refund");
      await ledger.recordRefund(subject, refundOf(order, minor, hasFailed));
      return subject;
    },
    async standing({ reference }: Order) {
      const record = await ledger.loadOrder(reference);
      const steps = record?.steps.map(({ name, state }) => `${name} ${state}`) ?? [];
      return { state: record?.state, isStopped: record?.isStopped, steps };
    },
    /** Each message in one line. */
    async told({ reference }: Order): Promise<string[]> {
      const { rows } = await db.query<{ severity: string; title: string; lines: string[] }>(
        "select severity, title, lines from alert where reference = $1 order by id",
        [reference],
      );
      return rows.map(({ severity, title, lines }) => [severity, title, ...lines].join(" | "));
    },
    async done({ reference }: Order, name: string): Promise<void> {
      const claim = await claimed(ledger, reference, name);
      assert.ok(await ledger.finish(claim, endings.done(`${name} of ${reference}`)));
    },
    /** Whether the worker is to look at the order now. */
    async isDue({ reference }: Order): Promise<boolean> {
      const { rowCount } = await db.query(
        "select 1 from due where subject = $1 and due_at <= now()",
        [`order/${reference}`],
      );
      return rowCount === 1;
    },
  };
}
