import { text as bounded, z } from "./jitless-zod.ts";
import { moneySchema } from "./order-schema.ts";
import { useLoad } from "./use-load.ts";
import { startOfToday } from "./use-orders.ts";

const text = bounded(20_000);
const count = z.int();
const time = z.iso.datetime();

const stuckOrder = z.object({
  reference: text,
  shopOrder: z.nullable(text),
  customer: z.nullable(text),
  total: moneySchema,
  step: text,
  message: z.nullable(text),
  field: z.nullable(text),
  since: time,
});
const group = z.object({
  provider: text,
  step: z.nullable(text),
  cause: text,
  who: z.enum(["nobody", "manager", "finance", "developer"]),
  orders: count,
  totals: z.array(moneySchema),
  oldest: time,
  dueAt: z.nullable(time),
  examples: z.array(stuckOrder),
});
const inboxSchema = z.object({
  groups: z.array(group),
  counts: z.object({
    open: count,
    waiting: count,
    attention: count,
    done: count,
    cancelled: count,
  }),
  today: z.object({
    paid: count,
    done: count,
    lastDoneAt: z.nullable(time),
    lastWorkAt: z.nullable(time),
  }),
});

export type Inbox = Readonly<z.infer<typeof inboxSchema>>;
export type Group = Inbox["groups"][number];
export type StuckOrder = Group["examples"][number];
export type Who = Group["who"];

export function useInbox() {
  const query = new URLSearchParams({ since: startOfToday().toISOString() });
  // "The last 4 minutes ago" is looked up now and then although nothing changed.
  return useLoad(["inbox"], `/api/stuck?${query}`, inboxSchema, { everyMs: 60_000 });
}
