// Judges a run by what the providers hold. The ledger is never asked whether it is right.
import type { Order } from "../../src/order/order.ts";
import type { ForeignWorld } from "./foreign-world.ts";
import { stepNames } from "./simulated-shop.ts";

export interface Verdict {
  /** Keys of what should exist and does not. */
  readonly lost: readonly string[];
  /** Keys of what exists more than once. */
  readonly duplicates: readonly string[];
}

export function judge(
  foreign: ForeignWorld,
  orders: ReadonlyMap<string, Order>,
  acknowledged: ReadonlySet<string>,
  settledByHand: ReadonlySet<string>,
): Verdict {
  const lost: string[] = [];
  for (const [object, { reference }] of orders) {
    if (!acknowledged.has(object)) continue;
    for (const name of stepNames) {
      const key = `${reference}-${name}`;
      if (!foreign.records.has(key) && !settledByHand.has(key)) lost.push(key);
    }
  }
  const duplicates = [...foreign.records].filter(([, held]) => held.length > 1).map(([key]) => key);
  return { lost, duplicates };
}
