// Where a person's decisions are carried out: the ledger, and what the configuration says of an order's steps.

import type { AddressWish } from "../address/judge-address.ts";
import { settleMs } from "../connector-kit/action.ts";
import type { CustomerLinks } from "../connector-kit/customer-link.ts";
import type { Database } from "../ledger/database/database.ts";
import { NoSuchOrder, type Wish } from "../ledger/decisions/decide.ts";
import type { Ledger, NewStep, OrderRecord, StepRecord } from "../ledger/ledger.ts";
import { findStep, type Pipeline, type Trigger } from "../pipeline/pipeline.ts";
import type { Step } from "../pipeline/step.ts";

export interface Desk {
  readonly db: Database;
  readonly ledger: Pick<Ledger, "gates" | "loadOrder">;
  readonly pipelinesOf: (store: string) => readonly Pipeline[];
  /** Absent where customers cannot be asked. */
  readonly customers?: AskingCustomers | undefined;
}

export interface AskingCustomers {
  readonly links: CustomerLinks;
  /** How the shop's parcels travel, and where to. */
  readonly delivery: (store: string) => AddressWish;
}

export interface OrderWish extends Wish {
  readonly reference: string;
}

export interface StepWish extends OrderWish {
  readonly step: string;
}

export async function orderAt(desk: Desk, reference: string): Promise<OrderRecord> {
  const order = await desk.ledger.loadOrder(reference);
  if (!order) throw new NoSuchOrder("There is no such order.");
  return order;
}

/** What the configuration says of a step; undefined when it is gone from there. */
export function definitionOf(desk: Desk, order: OrderRecord, step: StepRecord): Step | undefined {
  return findStep(desk.pipelinesOf(order.order.store), step.definition ?? step.name);
}

export function pipelineFor(
  desk: Desk,
  order: OrderRecord,
  trigger: Trigger,
): Pipeline | undefined {
  return desk.pipelinesOf(order.order.store).find((one) => one.trigger === trigger);
}

/** What the order's first run gave, by step: whatever is done once more follows from it. */
export function outputsSoFar({ steps }: OrderRecord): Readonly<Record<string, unknown>> {
  const done = steps.filter(({ state, definition }) => state === "done" && !definition);
  return Object.fromEntries(done.map(({ name, output }) => [name, output]));
}

export const asNewStep = ({ name, needs, action, connection }: Step): NewStep => ({
  name,
  needs: needs.map((need) => need.name),
  action,
  provider: connection.provider,
  account: connection.account,
  settleMs: settleMs(connection),
});
