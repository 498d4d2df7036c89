// One measurement: fresh stores, a fresh process, and what the providers saw of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Profile } from "../providers/endpoints.ts";
import type { ProviderCounts, Providers } from "../providers/start-providers.ts";
import { startChild } from "../servers/child.ts";
import type { Services } from "../servers/start-services.ts";
import { type EngineResult, type EngineTask, engineResult } from "./engine-task.ts";
import { concurrencyOf, type EngineName, servicesOf } from "./engines.ts";

export interface Around {
  readonly services: Services;
  readonly providers: Providers;
}

export interface Wanted {
  readonly engine: EngineName;
  readonly orders: number;
  readonly warmUp: number;
  readonly pace: EngineTask["pace"];
  readonly profile: Profile;
  /** Keeps the orders of several runs apart; they may be of one database, which is then not made anew. */
  readonly run?: string;
  readonly databaseUrl?: string;
  /** For Node itself, such as --cpu-prof. */
  readonly flags?: readonly string[];
}

export interface Measured extends EngineResult {
  readonly engine: EngineName;
  /** Calls beyond the first of one order to one endpoint. */
  readonly duplicates: number;
}

/** All processes together, for one order. */
export const totalCpuMs = ({ cpuMsPerOrder }: Measured) =>
  Object.values(cpuMsPerOrder).reduce((sum, ms) => sum + ms, 0);

/** No measurement takes longer. */
const patienceMs = 240_000;

export async function measureEngine(around: Around, wanted: Wanted): Promise<Measured> {
  const { services, providers } = around;
  const { engine, orders, warmUp, pace, profile } = wanted;
  const folder = mkdtempSync(join(tmpdir(), "ordna-bench-"));
  const databaseUrl = wanted.databaseUrl ?? (await services.freshDatabase("bench"));
  await providers.begin(profile);
  const pids = { postgres: services.postgresPid, redis: services.redisPid };
  const task: EngineTask = {
    engine,
    surroundings: {
      providersUrl: providers.url,
      databaseUrl,
      redisUrl: services.redisUrl,
      folder,
      concurrency: concurrencyOf(engine),
    },
    watched: Object.fromEntries(servicesOf[engine].map((name) => [name, pids[name]])),
    run: wanted.run ?? "bench",
    warmUp,
    orders,
    pace,
  };
  const child = startChild(join(import.meta.dirname, "run-engine.ts"), {
    args: [JSON.stringify(task)],
    flags: [...ownFlags(engine), ...(wanted.flags ?? [])],
  });
  try {
    const result = engineResult.parse(JSON.parse(await child.nextLine(patienceMs)));
    const counts = await providers.counts();
    assertAllCalled(counts, orders + warmUp);
    return { ...result, engine, duplicates: counts.duplicates };
  } finally {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As scripts/run-ordna.mjs starts an Ordna with its database inside. */
function ownFlags(engine: EngineName): readonly string[] {
  return engine === "ordna-embedded" ? ["--max-semi-space-size=4"] : [];
}

/** An engine that lost an order was not measured. */
function assertAllCalled({ orders, calls, duplicates }: ProviderCounts, wanted: number): void {
  if (orders === wanted && calls - duplicates === 7 * wanted) return;
  throw new Error(
    `${wanted} orders were handed in; the providers saw all calls of ${orders}, ${calls} in all.`,
  );
}
