import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ROOT_CONTEXT, type Span, type Tracer, trace } from "@opentelemetry/api";
import { done, type OpenApp, openApp, outage } from "../api/app-for-tests.ts";
import { traceOrder } from "./trace-order.ts";

let shop: OpenApp;
before(async () => {
  shop = await openApp();
});
after(() => shop.close());

interface Told {
  readonly name: string;
  readonly from: number;
  readonly isChild: boolean;
  until?: number;
  hasFailed?: boolean;
}

/** Writes down what it is told, as an SDK would. */
function tracer(told: Told[]): Tracer {
  const startSpan: Tracer["startSpan"] = (name, options, context = ROOT_CONTEXT) => {
    const entry: Told = {
      name,
      from: Number(options?.startTime),
      isChild: trace.getSpan(context) !== undefined,
    };
    told.push(entry);
    const span: Span = Object.assign(
      trace.wrapSpanContext({ traceId: "0", spanId: "0", traceFlags: 0 }),
      {
        end: (at: unknown) => {
          entry.until = Number(at);
        },
        setStatus: () => {
          entry.hasFailed = true;
          return span;
        },
      },
    );
    return span;
  };
  return { startSpan, startActiveSpan: () => assert.fail("not used") };
}

test("an order is one trace from its webhook to its last step, with every attempt", async () => {
  const reference = await shop.open("AAAAAAAAAAATRACE");
  const told: Told[] = [];
  await traceOrder(shop.db, reference, tracer(told));
  assert.deepEqual(told, [], "it is not done yet");
  await shop.work(reference, "check", { ...outage, delayMs: 0, isParked: false });
  await shop.work(reference, "check", done);
  await shop.work(reference, "booking", done);
  await traceOrder(shop.db, reference, tracer(told));
  assert.deepEqual(
    told.map(({ name, isChild, hasFailed = false }) => [name, isChild, hasFailed]),
    [
      ["order", false, false],
      ["webhook", true, false],
      ["check", true, true],
      ["check", true, false],
      ["booking", true, false],
    ],
  );
  const { from: begin = 0, until: end = 0 } = told.at(0) ?? {};
  for (const { from, until = 0 } of told) {
    assert.ok(from >= begin && until >= from && until <= end + 1000, `${from} ${until}`);
  }
});
