// What people are told of a refund, in the shop's words. Pure.
import type { Alert, Refund } from "../connector-kit/roles.ts";
import { type Money, toDecimal } from "../order/money.ts";
import type { StepState } from "../pipeline/plan.ts";

export interface RefundedOrder {
  readonly reference: string;
  readonly shopOrder: string | undefined;
  /** Before the refund was heard of. */
  readonly wasDone: boolean;
  readonly isStopped: boolean;
  /** As they are now. */
  readonly steps: readonly {
    readonly name: string;
    readonly provider: string;
    readonly state: StepState;
  }[];
}

export interface RefundNews {
  /** The same news is told once. */
  readonly dedupe: string;
  readonly alert: Alert;
}

/** The whole payment went back. */
export function isFullRefund({ refunded, paid }: Refund): boolean {
  return refunded.minor > 0n && refunded.minor >= paid.minor;
}

/** Undefined when there is nothing to tell. */
export function refundNews(refund: Refund, order: RefundedOrder): RefundNews | undefined {
  const { reference, shopOrder } = order;
  const number = shopOrder ? `${shopOrder} (${reference})` : reference;
  const sum = `${written(refund.refunded)} of ${written(refund.paid)} went back to the buyer.`;
  const news = (kind: string, severity: Alert["severity"], title: string, lines: string[]) => ({
    dedupe: `refund:${reference}:${kind}`,
    alert: { severity, title: `${number}: ${title}`, lines: [sum, ...lines] },
  });
  if (refund.hasFailed) {
    const stays = order.isStopped
      ? "The order stays stopped: whether the buyer gets the goods after all is for a person."
      : "The order is as it was.";
    const kind = `failed:${refund.refunded.minor}`;
    return news(kind, "needs-you", "a refund did not go through", [stays]);
  }
  if (refund.refunded.minor === 0n) return undefined;
  if (!isFullRefund(refund)) {
    const kind = `part:${refund.refunded.minor}`;
    return news(kind, "needs-you", "refunded in part", [
      "Nothing was stopped. Finance decides about the invoice; its page offers a credit note over all of it.",
    ]);
  }
  if (order.wasDone) {
    return news("full", "needs-you", "refunded after everything was done", [
      "Nothing was undone. Its page offers the way back of the parcel, and a credit note: a person decides.",
    ]);
  }
  const { lines, severity } = whatBecameOf(order);
  return news("full", severity, "refunded, so the rest was stopped", lines);
}

function whatBecameOf({ steps }: RefundedOrder): Pick<Alert, "severity" | "lines"> & {
  lines: string[];
} {
  // What Ordna does by itself left nothing behind that anybody would have to undo.
  const named = (...states: StepState[]) =>
    steps
      .filter(({ state, provider }) => states.includes(state) && provider !== "ordna")
      .map(({ name }) => name);
  const done = named("done");
  const begun = named("running", "unknown", "attention");
  const skipped = named("skipped");
  const lines = [
    ...(skipped.length > 0 ? [`Not done any more: ${skipped.join(", ")}.`] : []),
    ...(done.length > 0
      ? [`Already done: ${done.join(", ")}. A person decides what to undo.`]
      : []),
    ...(begun.length > 0
      ? [`Begun, and perhaps done: ${begun.join(", ")}. Look at the order once that is settled.`]
      : []),
  ];
  return { severity: done.length + begun.length > 0 ? "needs-you" : "info", lines };
}

function written(amount: Money): string {
  return `${toDecimal(amount)} ${amount.currency}`;
}
