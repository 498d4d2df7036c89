// Plays the demo's orders into a running Ordna and waits until each is where its plot says.
import { setTimeout as sleep } from "node:timers/promises";
import type { OrderGlance } from "../ledger/list-orders.ts";
import type { DemoOrder } from "./demo-orders.ts";
import type { Sandbox, SandboxedSimulator } from "./sandbox.ts";

export interface Stage {
  readonly sandbox: Sandbox;
  readonly store: string;
  /** The orders as Ordna sees them now. */
  orders(): Promise<readonly OrderGlance[]>;
  /** Told when something begins: "sending 22 orders". */
  onScene(what: string): void;
}

export interface Played {
  /** False when the time was up first. */
  readonly isSettled: boolean;
  readonly orders: readonly OrderGlance[];
}

/** A busy shop, not a flood: Airtable alone allows no more than two orders a second. */
const betweenOrdersMs = 250;
/** How long a provider stays down. */
const outageMs = 4000;

export async function playDemo(
  stage: Stage,
  orders: readonly DemoOrder[],
  patienceMs: number,
): Promise<Played> {
  const endsAt = performance.now() + patienceMs;
  const calm = orders.filter((order) => !order.mood && !order.outage);
  for (const { fault } of calm) {
    if (fault) providerOf(stage, fault.provider)?.simulator.misbehave(fault.fault);
  }
  stage.onScene(`${calm.length} orders are paid, some of them with a fault on the way`);
  for (const order of calm) {
    stage.sandbox.pay(stage.store, order.payment);
    await sleep(betweenOrdersMs);
  }
  await settle(stage, calm, endsAt);

  for (const order of orders) {
    if (order.mood) await inMood(stage, order, order.mood, endsAt);
    if (order.outage) await inOutage(stage, order, order.outage);
  }
  return settle(stage, orders, endsAt);
}

async function inMood(
  stage: Stage,
  order: DemoOrder,
  mood: NonNullable<DemoOrder["mood"]>,
  endsAt: number,
): Promise<void> {
  const provider = providerOf(stage, mood.provider);
  stage.onScene(order.name);
  provider?.simulator.setMood(mood.name, true);
  stage.sandbox.pay(stage.store, order.payment);
  await settle(stage, [order], endsAt);
  provider?.simulator.setMood(mood.name, false);
}

async function inOutage(stage: Stage, order: DemoOrder, name: string): Promise<void> {
  stage.onScene(order.name);
  const lift = providerOf(stage, name)?.simulator.misbehave({
    how: "unavailable",
    times: Number.POSITIVE_INFINITY,
    when: () => true,
  });
  stage.sandbox.pay(stage.store, order.payment);
  await sleep(outageMs);
  lift?.();
}

async function settle(stage: Stage, wanted: readonly DemoOrder[], endsAt: number): Promise<Played> {
  for (;;) {
    const orders = await stage.orders();
    const isSettled = wanted.every((order) => isWhereItBelongs(order, orders));
    if (isSettled || performance.now() > endsAt) return { isSettled, orders };
    await sleep(100);
  }
}

/** A step that needs a person holds up only what needs it: the rest must be done. */
export function isWhereItBelongs(order: DemoOrder, orders: readonly OrderGlance[]): boolean {
  const found = orders.find((o) => o.reference === order.reference);
  if (found?.state !== order.expected) return false;
  return found.steps.every(
    ({ state }) => state === "done" || state === "attention" || state === "blocked",
  );
}

function providerOf(stage: Stage, name: string): SandboxedSimulator | undefined {
  return [...stage.sandbox.simulators.values()].find(
    ({ store, simulator }) => store === stage.store && simulator.provider === name,
  );
}
