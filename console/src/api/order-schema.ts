// What this page reads of orders, as the API tells it.
import { text as bounded, z } from "./jitless-zod.ts";

const text = bounded(20_000);
const time = z.iso.datetime();

const orderState = z.enum(["open", "attention", "done", "cancelled"]);
export const moneySchema = z.object({
  minor: z.string().check(z.regex(/^-?\d{1,20}$/)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
});

const stepSchema = z.object({
  name: text,
  provider: text,
  state: z.enum([
    "blocked",
    "ready",
    "running",
    "unknown",
    "parked",
    "attention",
    "done",
    "skipped",
  ]),
  cause: z.nullable(text),
  message: z.nullable(text),
  dueAt: z.nullable(text),
  needs: z.array(text),
});

const glance = {
  reference: text,
  store: text,
  shopOrder: z.nullable(text),
  state: orderState,
  isLive: z.boolean(),
  total: moneySchema,
  customer: z._default(z.nullable(text), null),
  country: z.nullable(text),
  locale: text,
  createdAt: time,
  doneAt: z.nullable(time),
  steps: z.array(stepSchema),
};
const glanceSchema = z.object(glance);

const count = z.int().check(z.nonnegative());

export const orderListSchema = z.object({
  orders: z.array(glanceSchema),
  next: z.nullable(text),
  counts: z.object({
    open: count,
    waiting: count,
    attention: count,
    done: count,
    cancelled: count,
  }),
});

const happeningSchema = z.object({
  at: time,
  step: text,
  provider: text,
  outcome: z.nullable(
    z.enum(["succeeded", "found", "absent", "refused", "rejected", "unknown", "abandoned"]),
  ),
  isRepeat: z.boolean(),
  message: z.nullable(text),
  externalId: z.nullable(text),
});

const eventSchema = z.object({ id: text, type: text, receivedAt: time, deliveries: count });

export const orderDetailSchema = z.object({
  ...glance,
  refunded: z.nullable(moneySchema),
  stoppedBecause: z.nullable(text),
  facts: z.unknown(),
  outputs: z.record(text, z.unknown()),
  happenings: z.array(happeningSchema),
  events: z.array(eventSchema),
});

export type Money = Readonly<z.infer<typeof moneySchema>>;
export type Step = Readonly<z.infer<typeof stepSchema>>;
export type OrderGlance = Readonly<z.infer<typeof glanceSchema>>;
export type OrderList = Readonly<z.infer<typeof orderListSchema>>;
export type Counts = OrderList["counts"];
export type OrderDetail = Readonly<z.infer<typeof orderDetailSchema>>;
export type Happening = Readonly<z.infer<typeof happeningSchema>>;
export type PaymentEvent = Readonly<z.infer<typeof eventSchema>>;
