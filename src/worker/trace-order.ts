// One order as one trace, from its first webhook to its last step, at the times that the ledger has: whichever processes
// worked on it, and whatever died in between.
import { context, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import type { Database } from "../ledger/database/database.ts";
import { orderTimes } from "../ledger/order-times.ts";

const good = new Set(["succeeded", "found"]);

/** Tells nothing of an order that is not done. */
export async function traceOrder(
  db: Database,
  reference: string,
  tracer: Tracer = trace.getTracer("ordna"),
): Promise<void> {
  const times = await orderTimes(db, reference);
  if (!times) return;
  const { store, doneAt, events, attempts } = times;
  const attributes = { "ordna.reference": reference, "ordna.store": store };
  const startTime = events[0]?.receivedAt ?? doneAt;
  const order = tracer.startSpan("order", { startTime, attributes, root: true });
  const inside = trace.setSpan(context.active(), order);
  for (const { type, receivedAt } of events) {
    const heard = { startTime: receivedAt, attributes: { "ordna.event": type } };
    tracer.startSpan("webhook", heard, inside).end(receivedAt);
  }
  for (const { step, provider, outcome, begunAt, endedAt } of attempts) {
    const about = { "ordna.provider": provider, "ordna.outcome": outcome };
    const span = tracer.startSpan(step, { startTime: begunAt, attributes: about }, inside);
    if (!good.has(outcome)) span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
    span.end(endedAt);
  }
  order.end(doneAt);
}
