import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import type { Step } from "../pipeline/step.ts";
import type { Store, World } from "./world.ts";

/** One step of one order, and where it is to be done. */
export interface Errand {
  readonly world: World;
  readonly store: Store;
  readonly order: OrderRecord;
  readonly record: StepRecord;
  readonly step: Step;
}
