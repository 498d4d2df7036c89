// What the demo came to: counted from the simulators' records, timed by the ledger.
import type { OrderGlance } from "../ledger/list-orders.ts";
import type { DemoOrder } from "./demo-orders.ts";
import { judge } from "./judge.ts";
import { isWhereItBelongs } from "./play-demo.ts";
import type { SandboxRecord } from "./sandbox.ts";

export interface Score {
  readonly orders: number;
  readonly done: number;
  readonly attention: number;
  readonly waiting: number;
  readonly lost: number;
  readonly duplicates: number;
  /** From the payment's first event on disk to the last step done. */
  readonly p50_ms: number;
  readonly p95_ms: number;
}

export function scoreOf(
  demo: readonly DemoOrder[],
  orders: readonly OrderGlance[],
  records: readonly SandboxRecord[],
): { readonly score: Score; readonly findings: readonly string[]; readonly isTrue: boolean } {
  const ours = new Set(demo.map((order) => order.reference));
  const seen = orders.filter((order) => ours.has(order.reference));
  const verdict = judge(
    demo.map(({ reference, email, expected, payment }) => ({
      reference,
      email,
      expected,
      isFree: payment.amount === 0,
    })),
    records,
  );
  const misplaced = demo.filter((order) => !isWhereItBelongs(order, orders));
  const tookMs = seen.flatMap((o) =>
    o.doneAt ? [Date.parse(o.doneAt) - Date.parse(o.receivedAt)] : [],
  );
  const count = (state: OrderGlance["state"]) => seen.filter((o) => o.state === state).length;
  const done = count("done");
  const attention = count("attention");
  return {
    score: {
      orders: demo.length,
      done,
      attention,
      waiting: demo.length - done - attention,
      lost: verdict.lost,
      duplicates: verdict.duplicates,
      p50_ms: quantile(tookMs, 0.5),
      p95_ms: quantile(tookMs, 0.95),
    },
    findings: [
      ...verdict.findings,
      ...misplaced.map((order) => `${order.reference} (${order.name}) is not ${order.expected}`),
    ],
    isTrue: verdict.lost === 0 && verdict.duplicates === 0 && misplaced.length === 0,
  };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
