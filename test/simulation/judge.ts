// Judges a run by what the providers hold. The ledger is never asked whether it is right.
import type { Order } from "../../src/order/order.ts";
import type { ForeignWorld } from "./foreign-world.ts";
import type { Refunds } from "./refunds.ts";
import { repeatable, stepNames } from "./simulated-shop.ts";

export interface Verdict {
  /** Keys of what should exist and does not. */
  readonly lost: readonly string[];
  /** Keys of what exists more than once. */
  readonly duplicates: readonly string[];
  /** Keys of what was begun although the ledger had heard that the money went back. */
  readonly heedless: readonly string[];
  /** Keys of requests that a provider account did not bear. */
  readonly crowded: readonly string[];
}

/** An attempt that was claimed before the refund was heard of may last so long. */
const longestAttemptMs = 30_000;

export function judge(
  foreign: ForeignWorld,
  orders: ReadonlyMap<string, Order>,
  acknowledged: ReadonlySet<string>,
  settledByHand: ReadonlySet<string>,
  refunds: Pick<Refunds, "at" | "heardAt" | "claimedBefore">,
  crowded: readonly string[],
): Verdict {
  const lost: string[] = [];
  for (const [object, { reference }] of orders) {
    if (!acknowledged.has(object) || refunds.at.has(object)) continue;
    for (const name of stepNames) {
      const key = `${reference}-${name}`;
      if (!foreign.records.has(key) && !settledByHand.has(key)) lost.push(key);
    }
  }
  const duplicates = [...foreign.records].filter(([, held]) => held.length > 1).map(([key]) => key);
  const heedless: string[] = [];
  for (const [reference, heardAt] of refunds.heardAt) {
    for (const name of stepNames) {
      const key = `${reference}-${name}`;
      const askedAt = foreign.firstAskedAt.get(key) ?? 0;
      // What may be repeated at will is, if it was begun before: it cannot be looked for.
      const isBroughtToEnd = refunds.claimedBefore.has(key) && repeatable.has(name);
      if (askedAt > heardAt + longestAttemptMs && !isBroughtToEnd) heedless.push(key);
    }
  }
  return { lost, duplicates, heedless, crowded };
}
