// Takes one order as far as it goes now. Steps that do not need each other run side by side.
import type { OrderRecord, Trouble } from "../ledger/ledger.ts";
import { plan } from "../pipeline/plan.ts";
import { errandFor } from "./errand.ts";
import { refuse } from "./refuse.ts";
import { runStep } from "./run-step.ts";
import { storeGoneMs, type World } from "./world.ts";

/** Resolves to when to look again, ms; undefined when it is done or only a person can move it. */
export async function advanceOrder(world: World, reference: string): Promise<number | undefined> {
  const inFlight = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  let ended = 0;
  let known: OrderRecord | undefined;
  const begin = (name: string, work: Promise<void>) => {
    const over = work
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        ended += 1;
        inFlight.delete(name);
      });
    inFlight.set(name, over);
  };
  try {
    for (;;) {
      const endedBefore = ended;
      const order = await world.ledger.loadOrder(reference, known);
      known = order;
      const store = order && world.stores.get(order.order.store);
      if (!order) return undefined;
      if (!store) return storeGoneMs;
      const { run, lookAgainInMs, unblock } = plan(order.steps);
      if (unblock.length > 0 && (await world.ledger.unblock(reference)) > 0) continue;
      for (const name of run) {
        const record = order.steps.find((step) => step.name === name);
        if (!record || inFlight.has(name)) continue;
        const errand = errandFor(world, store, order, record);
        const gone = { world, store, order, record };
        begin(name, errand ? runStep(errand) : refuse(gone, goneFromConfig(name)));
      }
      // What ended while the order was being read stood there as running: read it again.
      if (ended === endedBefore) {
        if (inFlight.size === 0) return lookAgainInMs;
        await Promise.race(inFlight.values());
      }
      // For a reason of ours (the database went away); what a provider does is an outcome, not a failure.
      if (failures.length > 0) throw failures[0];
    }
  } finally {
    // Let the others end first.
    await Promise.allSettled(inFlight.values());
  }
}

const goneFromConfig = (name: string): Trouble => ({
  cause: "config.invalid",
  message: `The configuration has no step "${name}" any more. Put it back, and try again.`,
});
