import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import { amendOrder } from "../order/amend-order.ts";
import { findStep } from "../pipeline/pipeline.ts";
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

/** What was done before it in its run, and what a step that is done once more was told the first time. */
export function outputsOf(order: OrderRecord, run: string): Record<string, unknown> {
  const done = order.steps.filter(
    (step) => step.state === "done" && (step.run === run || step.definition === undefined),
  );
  const own = order.steps.some((step) => step.run === run && step.definition !== undefined);
  const seen = own ? done : done.filter((step) => step.run === run);
  return Object.fromEntries(seen.map((step) => [step.definition ?? step.name, step.output]));
}

/** Undefined when the configuration has no such step any more. */
export function errandFor(
  world: World,
  store: Store,
  order: OrderRecord,
  record: StepRecord,
): Errand | undefined {
  const step = findStep(store.pipelines, record.definition ?? record.name);
  if (!step) return undefined;
  const { changes } = record;
  const seen = changes
    ? // Its facts are of this run alone: no version of the order has them.
      { ...order, version: undefined, order: amendOrder(order.order, changes) }
    : order;
  return { world, store, order: seen, record, step };
}

/** It is stopped or held: what may have happened is looked for, and not sent again. */
export function beginsNothing({ order, record }: Pick<Errand, "order" | "record">): boolean {
  return record.isHeld === true || (record.isStopped ?? order.isStopped);
}
