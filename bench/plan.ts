// How much is measured, in a full run and in a quick one.
import type { EngineName } from "./engines/engines.ts";
import type { DoorLap } from "./webhook/measure-door.ts";

export interface Plan {
  /** Each configuration once in every round, so that what changes on the machine meets all of them. */
  readonly rounds: number;
  readonly warmUp: number;
  ordersOf(engine: EngineName): number;
  readonly trickle: { readonly warmUp: number; readonly orders: number; readonly everyMs: number };
  readonly doorWarmUp: DoorLap;
  readonly doorLap: DoorLap;
  /** Orders that a ledger holds already, smallest first. */
  readonly histories: readonly number[];
}

/** Those that take ten times longer for an order, and whose rate is steady. */
const isSlow = (engine: EngineName) => engine === "dbos" || engine === "restate";

export const fullPlan: Plan = {
  rounds: 3,
  warmUp: 200,
  ordersOf: (engine) => (isSlow(engine) ? 600 : 3000),
  trickle: { warmUp: 150, orders: 60, everyMs: 100 },
  doorWarmUp: { letters: 8_000, forMs: 2_000 },
  doorLap: { letters: 40_000, forMs: 4_000 },
  histories: [10_000, 100_000, 1_000_000],
};

export const quickPlan: Plan = {
  rounds: 2,
  warmUp: 50,
  ordersOf: (engine) => (isSlow(engine) ? 100 : 400),
  trickle: { warmUp: 100, orders: 20, everyMs: 100 },
  doorWarmUp: { letters: 2_000, forMs: 500 },
  doorLap: { letters: 15_000, forMs: 1_500 },
  histories: [],
};
