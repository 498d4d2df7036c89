// Takes one order as far as it goes now. Steps that do not need each other run side by side.
import type { OrderRecord, Trouble } from "../ledger/ledger.ts";
import { finishedIn, plan } from "../pipeline/plan.ts";
import { errandFor } from "./errand.ts";
import { refuse } from "./refuse.ts";
import { runStep } from "./run-step.ts";
import { storeGoneMs, type World } from "./world.ts";

/**
 * `known` is the order as it was just opened. Resolves to when to look again, ms; undefined when it is done or only a
 * person can move it.
 */
export async function advanceOrder(
  world: World,
  reference: string,
  known?: OrderRecord,
): Promise<number | undefined> {
  const inFlight = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  let ended = 0;
  let order = known;
  let mustRead = !known;
  const begin = (name: string, work: Promise<OrderRecord | undefined>) => {
    const over = work
      .then((changed) => {
        if (!changed) mustRead = true;
        // Siblings that end together may be heard of in another order than they ended in.
        else if (order && finishedIn(changed.steps) > finishedIn(order.steps)) order = changed;
      })
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
      if (mustRead) {
        mustRead = false;
        const read = await world.ledger.loadOrder(reference, order);
        if (!read) return undefined;
        // What ended meanwhile has told of a later moment.
        if (!order || finishedIn(read.steps) >= finishedIn(order.steps)) order = read;
      }
      if (!order) return undefined;
      const current = order;
      const store = world.stores.get(current.order.store);
      if (!store) return storeGoneMs;
      const { run, lookAgainInMs, unblock } = plan(current.steps);
      if (unblock.length > 0 && (await world.ledger.unblock(reference)) > 0) {
        mustRead = true;
        continue;
      }
      for (const name of run) {
        const record = current.steps.find((step) => step.name === name);
        if (!record || inFlight.has(name)) continue;
        const errand = errandFor(world, store, current, record);
        const gone = { world, store, order: current, record };
        begin(name, errand ? runStep(errand) : refuse(gone, goneFromConfig(name)));
      }
      // What ended while the order was being read stood there as running: look once more.
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
