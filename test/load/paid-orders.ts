// Payments for load, how far they have come, and what the providers hold of them in the end.
import { simulatedPayment } from "../../src/connectors/stripe/payments.ts";
import type { SimulatedPayment } from "../../src/connectors/stripe/simulated-payment.ts";
import type { Database } from "../../src/ledger/database/database.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { judge, type Verdict } from "../../src/sandbox/judge.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";

export interface PaidOrder {
  readonly reference: string;
  readonly email: string;
  readonly payment: SimulatedPayment;
}

export function aPaidOrder(number: number): PaidOrder {
  const { shippingAmount, buyer, ...shopper } = shoppers.finnish;
  const email = `load${number}@example.com`;
  const payment = simulatedPayment({
    ...shopper,
    id: `load_${number}`,
    kind: "checkout",
    vatInclusive: true,
    buyer: { ...buyer, email },
    shippingAmount,
    createdAt: new Date(),
  });
  return { reference: referenceFor(payment.id), email, payment };
}

export interface Standing {
  /** By their references: what the ledger knows, and what of it is done. */
  readonly known: ReadonlySet<string>;
  readonly finished: ReadonlySet<string>;
  readonly done: number;
  readonly attention: number;
  /** From the first event on disk to the last step done, of those that are done, ms. */
  readonly lagsMs: readonly number[];
}

export async function standing(db: Database): Promise<Standing> {
  const { rows } = await db.query<{ reference: string; state: string; lag: number | null }>(
    `select o.reference, o.state, extract(epoch from o.done_at - e.received_at) * 1000 as lag
     from orders o join event e on e.source = o.source and e.id = o.event_id`,
    [],
  );
  const lagsMs = rows.flatMap(({ lag }) => (lag === null ? [] : [Number(lag)]));
  const finished = rows.filter(({ state }) => state === "done");
  return {
    known: new Set(rows.map(({ reference }) => reference)),
    finished: new Set(finished.map(({ reference }) => reference)),
    done: finished.length,
    attention: rows.filter(({ state }) => state === "attention").length,
    lagsMs,
  };
}

/** The providers are asked, not the ledger. */
export function verdictOn(orders: readonly PaidOrder[], sandbox: Sandbox): Verdict {
  return judge(
    orders.map(({ reference, email }) => ({ reference, email, expected: "done", isFree: false })),
    sandbox.records(),
  );
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0);
}
