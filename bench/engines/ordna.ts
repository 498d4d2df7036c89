// Ordna as `ordna serve` wires it, with the benchmark's shop. Letters come through its own door, and its own worker
// does the rest: every step is claimed, begun and written down.
import { stripeWebhook } from "../../src/ingest/stripe-webhook.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { readSettings } from "../../src/settings.ts";
import { startOrdna } from "../../src/start-ordna.ts";
import shop from "../shop/ordna.config.ts";
import { shopEnvironment } from "../shop/shop-environment.ts";
import type { Engine, StartEngine, Surroundings } from "./engine.ts";

export type Backend = "embedded" | "postgres" | "redis";

const stepsOfAnOrder = 5;

export const ordnaOn =
  (backend: Backend): StartEngine =>
  async (surroundings, done): Promise<Engine> => {
    const doneSteps = new Map<string, number>();
    const ordna = await startOrdna({
      config: shop,
      settings: readSettings(environmentOf(backend, surroundings)),
      role: "all",
      sandbox: undefined,
      simulators: new Map(),
      onError: failed,
      onStep: ({ reference, step, outcome, message }) => {
        if (outcome !== "done") failed(new Error(`${step}: ${outcome}: ${message}`));
        const steps = (doneSteps.get(reference) ?? 0) + 1;
        doneSteps.set(reference, steps);
        if (steps === stepsOfAnOrder) done(reference);
      },
    });
    const door = stripeWebhook({
      ledger: ordna.world.ledger,
      stores: ordna.world.stores,
      seen: { has: async () => false, add: async () => {} },
      // The ledger's own NOTIFY wakes the worker.
      wake: () => {},
      now: () => new Date(),
      onRefused: (_store, why) => failed(new Error(why)),
      onFailure: failed,
    });
    return {
      handle: (request) => door(request, "bench"),
      nameOf: referenceFor,
      close: ordna.close,
    };
  };

function environmentOf(backend: Backend, { databaseUrl, redisUrl, ...place }: Surroundings) {
  return shopEnvironment({
    ...place,
    databaseUrl: backend === "embedded" ? undefined : databaseUrl,
    redisUrl: backend === "redis" ? redisUrl : undefined,
  });
}

/** A run in which anything went wrong measures nothing. */
function failed(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
