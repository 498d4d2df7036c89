// Orders as the API tells them.
import { z } from "@hono/zod-openapi";
import { fates } from "../../connector-kit/roles.ts";
import { mostCounted } from "../../ledger/list-orders.ts";

export const reference = z
  .string()
  .regex(/^[A-Z0-9]{10,20}$/)
  .openapi({ example: "ABCDEFGHJK1234" });

const moment = z.iso.datetime();
export const money = z
  .object({ minor: z.string().describe("Cents, or the currency's own"), currency: z.string() })
  .openapi("Money");

const stepState = z.enum([
  "blocked",
  "ready",
  "running",
  "unknown",
  "parked",
  "attention",
  "done",
  "skipped",
]);

const stepGlance = z
  .object({
    name: z.string(),
    provider: z.string(),
    state: stepState,
    cause: z.string().nullable(),
    message: z.string().nullable(),
    dueAt: z.string().nullable().describe("When a waiting step is due"),
    needs: z.array(z.string()).readonly(),
  })
  .openapi("StepGlance");

export const orderGlance = z
  .object({
    reference: z.string(),
    store: z.string(),
    shopOrder: z.string().nullable(),
    state: z.enum(["open", "attention", "done", "cancelled"]),
    isLive: z.boolean(),
    total: money,
    customer: z.string().nullable(),
    country: z.string().nullable(),
    locale: z.string(),
    receivedAt: moment.describe("When its first event was on disk"),
    createdAt: moment,
    doneAt: moment.nullable(),
    steps: z.array(stepGlance).readonly(),
  })
  .openapi("OrderGlance");

export const orderCounts = z
  .object({
    open: z.int(),
    waiting: z.int(),
    attention: z.int(),
    done: z.int().describe(`${mostCounted + 1} where it is more than ${mostCounted}`),
    cancelled: z.int().describe(`${mostCounted + 1} where it is more than ${mostCounted}`),
  })
  .openapi("OrderCounts");

const happening = z.object({
  at: moment,
  step: z.string(),
  provider: z.string(),
  outcome: z.string().nullable(),
  isRepeat: z.boolean(),
  message: z.string().nullable(),
  externalId: z.string().nullable(),
});

const delivery = z.object({ fate: z.enum(fates), at: moment, why: z.string().nullable() });

export const orderDetail = orderGlance
  .extend({
    refunded: money.nullable().describe("What went back to the buyer"),
    stoppedBecause: z
      .string()
      .nullable()
      .describe("order.refunded, order.cancelled: nothing of it begins any more"),
    facts: z.unknown().describe("The order as it was paid, with what people amended"),
    outputs: z.record(z.string(), z.unknown()).describe("What each step made, by its name"),
    deliveries: z.record(z.string(), delivery).describe("What became of each e-mail"),
    happenings: z.array(happening).readonly().describe("Every attempt, oldest first"),
    events: z
      .array(
        z.object({ id: z.string(), type: z.string(), receivedAt: moment, deliveries: z.int() }),
      )
      .readonly(),
  })
  .openapi("OrderDetail");
