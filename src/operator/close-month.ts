// A person closes the shop's own books up to the end of a month: nothing is issued into it any more.
import { z } from "zod";
import { closeBooks } from "../ledger/close-books.ts";
import { DecisionRefused, type Made, type Wish } from "../ledger/decisions/decide.ts";
import { knownDecision, recordDecision } from "../ledger/decisions/record-decision.ts";
import type { Desk } from "./desk.ts";

export const closedMonth = z.object({
  books: z.string(),
  untilDay: z.string(),
  sums: z.array(
    z.object({
      currency: z.string(),
      invoices: z.int(),
      creditNotes: z.int(),
      net: z.string(),
      vat: z.string(),
      gross: z.string(),
    }),
  ),
});
type ClosedMonth = z.infer<typeof closedMonth>;

export interface CloseWish extends Wish {
  readonly books: string;
  /** "2026-10" */
  readonly month: string;
}

/** `now`: a month that is not over is not closed. */
export async function closeMonth(
  desk: Desk,
  wish: CloseWish,
  now: Date,
): Promise<Made<ClosedMonth>> {
  const { books, month, ...by } = wish;
  const about = { ...by, what: "books.close", asked: { books, month } };
  const untilDay = lastDayOf(month);
  // The day after it must be here everywhere that a seller may be.
  if (now.getTime() < Date.parse(untilDay) + 36 * 3600_000) {
    throw new DecisionRefused(`${month} is not over yet: it can be closed from the day after it.`);
  }
  return desk.db.transaction(async (tx) => {
    const known = await knownDecision(tx, about);
    if (known) {
      return { number: known.number, isRepeat: true, after: closedMonth.parse(known.after) };
    }
    const sums = await closeBooks(tx, books, untilDay, wish.actor.name);
    if (!sums) throw new DecisionRefused(`The books are closed up to ${untilDay} already.`);
    const after = { books, untilDay, sums: [...sums] };
    const { number } = await recordDecision(tx, { ...about, after });
    return { number, isRepeat: false, after };
  });
}

function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
