// One decision on the orders that a person selected: each decided on by itself, and those that cannot be are told.

import type { Wish } from "../ledger/decisions/decide.ts";
import { DecisionRefused, NoSuchOrder } from "../ledger/decisions/decide.ts";
import type { Desk, OrderWish } from "./desk.ts";
import { holdOrder } from "./hold-order.ts";
import { retryByHand } from "./retry-step.ts";

const deeds = { retry: retryByHand, hold: holdOrder };
export type ManyDeed = keyof typeof deeds;

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
  const decide: (desk: Desk, wish: OrderWish) => Promise<unknown> = deeds[deed];
  const made: string[] = [];
  const refused: DecidedOnMany["refused"] = [];
  for (const reference of new Set(references)) {
    const key = `${wish.key}:${reference}`.slice(-200);
    try {
      await decide(desk, { ...wish, key, reference });
      made.push(reference);
    } catch (thrown) {
      if (!(thrown instanceof DecisionRefused || thrown instanceof NoSuchOrder)) throw thrown;
      refused.push({ reference, why: thrown.message });
    }
  }
  return { made, refused };
}
