import { text as bounded, z } from "./jitless-zod.ts";
import { moneySchema } from "./order-schema.ts";
import { useLoad } from "./use-load.ts";
import { startOfToday } from "./use-orders.ts";

const text = bounded(20_000);
const maybe = z.nullable(text);
const count = z.int();
const time = z.iso.datetime();

const inboxOrder = z.object({
  reference: text,
  shopOrder: maybe,
  customer: maybe,
  total: moneySchema,
  step: text,
  message: maybe,
  field: maybe,
  since: time,
  assignedTo: maybe,
  snoozedUntil: z.nullable(time),
  isReopened: z.boolean(),
  suggested: z.array(z.object({ field: text, before: maybe, after: text })),
});
const group = z.object({
  state: z.enum(["attention", "waiting"]),
  provider: text,
  operation: maybe,
  cause: text,
  fingerprint: maybe,
  name: maybe,
  who: z.enum(["nobody", "manager", "finance", "developer"]),
  decision: text,
  count,
  totals: z.array(moneySchema),
  oldest: time,
  nextAt: z.nullable(time),
  orders: z.array(inboxOrder),
});
const mended = z.object({
  provider: text,
  operation: maybe,
  cause: text,
  by: maybe,
  how: maybe,
  count,
  lastAt: time,
  orders: z.array(z.object({ reference: text, shopOrder: maybe })),
});
const inboxSchema = z.object({
  groups: z.array(group),
  needsYou: count,
  snoozed: count,
  mended: z.array(mended),
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
export type InboxOrder = Group["orders"][number];
export type Mended = Inbox["mended"][number];
export type Who = Group["who"];

export const keyOf = ({ state, provider, operation, cause, fingerprint }: Group): string =>
  [state, provider, operation ?? "any", cause, fingerprint ?? ""].join(" ");

export function useInbox(withSnoozed: boolean) {
  const query = new URLSearchParams({
    since: startOfToday().toISOString(),
    ...(withSnoozed ? { snoozed: "true" } : {}),
  });
  // "The last 4 minutes ago" is looked up now and then although nothing changed.
  return useLoad(["inbox", withSnoozed], `/api/inbox?${query}`, inboxSchema, { everyMs: 60_000 });
}
