// Who looks after an order, what people note about it, and when they want to see it again. No step hears of it.
import { z } from "zod";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { careOf, keepCare } from "../ledger/decisions/order-care.ts";
import type { Desk, OrderWish } from "./desk.ts";

const care = z.object({ assignedTo: z.string().nullable(), snoozedUntil: z.string().nullable() });
type Care = z.infer<typeof care>;

/** Without `to` it is nobody's again. */
export const assignOrder = (
  desk: Desk,
  { to, ...wish }: OrderWish & { readonly to: string | undefined },
): Promise<Made<Care>> =>
  decide(
    desk.db,
    { ...wish, what: "order.assign", asked: { to: to ?? null } },
    care.parse,
    async (tx) => {
      const before = await careOf(tx, wish.reference);
      const after = { ...before, assignedTo: to ?? null };
      await keepCare(tx, wish.reference, after);
      return { before, after };
    },
  );

const longestSnoozeMs = 31 * 24 * 3600_000;

/** Until then it is not in the inbox; its steps go on. Without `until` it is there at once. */
export function snoozeOrder(
  desk: Desk,
  { until, now, ...wish }: OrderWish & { readonly until: Date | undefined; readonly now: Date },
): Promise<Made<Care>> {
  const aheadMs = (until ?? now).getTime() - now.getTime();
  if (until && (aheadMs <= 0 || aheadMs > longestSnoozeMs)) {
    throw new DecisionRefused("Snooze until a moment within the next 31 days.");
  }
  const asked = { until: until?.toISOString() ?? null };
  return decide(desk.db, { ...wish, what: "order.snooze", asked }, care.parse, async (tx) => {
    const before = await careOf(tx, wish.reference);
    const after = { ...before, snoozedUntil: asked.until };
    await keepCare(tx, wish.reference, after);
    return { before, after };
  });
}

const note = z.object({ text: z.string(), mentions: z.array(z.string()) });

/** "@name" mentions somebody. */
export function noteOrder(
  desk: Desk,
  { text, ...wish }: OrderWish & { readonly text: string },
): Promise<Made<z.infer<typeof note>>> {
  const written = text.trim();
  if (written === "" || written.length > 4000) {
    throw new DecisionRefused("A note has 1 to 4000 characters.");
  }
  const mentions = [...new Set(written.match(/(?<![\p{L}\p{N}])@[\p{L}\p{N}._-]{1,60}/gu) ?? [])];
  const after = { text: written, mentions: mentions.map((name) => name.slice(1)) };
  const about = { ...wish, what: "order.note", asked: { text: written } };
  return decide(desk.db, about, note.parse, async () => ({ after }));
}
