// One decision on the orders that a person selected: each decided on by itself, and those that cannot be are told.
import { DecisionRefused, NoSuchOrder, type Wish } from "../ledger/decisions/decide.ts";
import type { Desk, OrderWish } from "./desk.ts";
import { holdOrder } from "./hold-order.ts";
import { assignOrder, snoozeOrder } from "./look-after-order.ts";
import { retryByHand } from "./retry-step.ts";

export type ManyDeed =
  | { readonly deed: "retry" }
  | { readonly deed: "hold" }
  | { readonly deed: "assign"; readonly to: string | undefined }
  | { readonly deed: "snooze"; readonly until: Date | undefined; readonly now: Date };

export interface DecidedOnMany {
  readonly made: string[];
  readonly refused: { readonly reference: string; readonly why: string }[];
}

/** The same key again decides on those that were not reached. */
export async function decideOnMany(
  desk: Desk,
  deed: ManyDeed,
  references: readonly string[],
  wish: Wish,
): Promise<DecidedOnMany> {
  const made: string[] = [];
  const refused: DecidedOnMany["refused"] = [];
  for (const reference of new Set(references)) {
    const key = `${wish.key}:${reference}`.slice(-200);
    try {
      await decideOnOne(desk, deed, { ...wish, key, reference });
      made.push(reference);
    } catch (thrown) {
      if (!(thrown instanceof DecisionRefused || thrown instanceof NoSuchOrder)) throw thrown;
      refused.push({ reference, why: thrown.message });
    }
  }
  return { made, refused };
}

function decideOnOne(desk: Desk, deed: ManyDeed, wish: OrderWish): Promise<unknown> {
  switch (deed.deed) {
    case "retry":
      return retryByHand(desk, wish);
    case "hold":
      return holdOrder(desk, wish);
    case "assign":
      return assignOrder(desk, { ...wish, to: deed.to });
    case "snooze":
      return snoozeOrder(desk, { ...wish, until: deed.until, now: deed.now });
  }
}
