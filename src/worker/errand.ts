import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import type { Step } from "../pipeline/step.ts";
import type { Store, World } from "./world.ts";

/** What the done steps of a run gave, by name. */
export function outputsOf(order: OrderRecord, run: string): Record<string, unknown> {
  const done = order.steps.filter((step) => step.run === run && step.state === "done");
  return Object.fromEntries(done.map((step) => [step.name, step.output]));
}

/** One step of one order, and where it is to be done. */
export interface Errand {
  readonly world: World;
  readonly store: Store;
  readonly order: OrderRecord;
  readonly record: StepRecord;
  readonly step: Step;
}
