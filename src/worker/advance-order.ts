// Takes one order as far as it goes now. Steps that do not need each other run side by side.
import type { Trouble } from "../ledger/ledger.ts";
import { plan } from "../pipeline/plan.ts";
import { errandFor } from "./errand.ts";
import { refuse } from "./refuse.ts";
import { runStep } from "./run-step.ts";
import { storeGoneMs, type World } from "./world.ts";

/** Resolves to when to look again, ms; undefined when it is done or only a person can move it. */
export async function advanceOrder(world: World, reference: string): Promise<number | undefined> {
  const inFlight = new Map<string, Promise<void>>();
  let ended = 0;
  try {
    for (;;) {
      const endedBefore = ended;
      const order = await world.ledger.loadOrder(reference);
      const store = order && world.stores.get(order.order.store);
      if (!order) return undefined;
      if (!store) return storeGoneMs;
      const { run, lookAgainInMs, unblock } = plan(order.steps);
      if (unblock.length > 0 && (await world.ledger.unblock(reference)) > 0) continue;
      for (const name of run) {
        const record = order.steps.find((step) => step.name === name);
        if (!record || inFlight.has(name)) continue;
        const errand = errandFor(world, store, order, record);
        const work = errand
          ? runStep(errand)
          : refuse({ world, store, order, record }, goneFromConfig(name));
        inFlight.set(
          name,
          work.finally(() => {
            ended += 1;
            inFlight.delete(name);
          }),
        );
      }
      // What ended while the order was being read stood there as running: read it again.
      if (ended !== endedBefore) continue;
      if (inFlight.size === 0) return lookAgainInMs;
      await Promise.race(inFlight.values());
    }
  } finally {
    // If one of them failed for a reason of ours (the database went away), let the others end first.
    await Promise.allSettled(inFlight.values());
  }
}

const goneFromConfig = (name: string): Trouble => ({
  cause: "config.invalid",
  message: `The configuration has no step "${name}" any more. Put it back, and try again.`,
});
