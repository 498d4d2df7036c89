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
  let newest = known;
  let mustRead = !known;
  const begin = (name: string, work: Promise<OrderRecord | undefined>) => {
    const over = work
      .then((changed) => {
        if (!changed) mustRead = true;
        // Siblings that end together may be heard of in another order than they ended in.
        else if (newest && finishedIn(changed.steps) > finishedIn(newest.steps)) newest = changed;
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
        const read = await world.ledger.loadOrder(reference, newest);
        if (!read) return undefined;
        // What ended meanwhile has told of a later moment.
        if (!newest || finishedIn(read.steps) >= finishedIn(newest.steps)) newest = read;
      }
      const order = newest;
      if (!order) return undefined;
      const store = world.stores.get(order.order.store);
      if (!store) return storeGoneMs;
      const { run, lookAgainInMs, unblock } = plan(order.steps);
      if (unblock.length > 0 && (await world.ledger.unblock(reference)) > 0) {
        mustRead = true;
        continue;
      }
      for (const name of run) {
        const record = order.steps.find((step) => step.name === name);
        if (!record || inFlight.has(name)) continue;
        const errand = errandFor(world, store, order, record);
        const gone = { world, store, order, record };
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
