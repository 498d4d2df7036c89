// Passes orders once more through the present configuration: the worker's own code, a throw-away ledger, simulators.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ActionError } from "../connector-kit/action-error.ts";
import type { Send } from "../connector-kit/http.ts";
import { openEmbedded } from "../ledger/database/embedded.ts";
import { migrate } from "../ledger/database/migrate.ts";
import type { StepRecord } from "../ledger/ledger.ts";
import { migrationsFolder } from "../ledger/open-database.ts";
import type { PastOrder } from "../ledger/past-orders.ts";
import { sqlLedger } from "../ledger/sql-ledger.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Settings } from "../settings.ts";
import type { Config } from "../shop/define-config.ts";
import { consultationSchema } from "../tax/vat-consultation.ts";
import { advanceOrder } from "../worker/advance-order.ts";
import { handleWake } from "../worker/handle-wake.ts";
import { systemClock } from "../worker/system-clock.ts";
import type { Store, World } from "../worker/world.ts";
import { type Recorded, rehearsedStore } from "./rehearsed-store.ts";

export interface Stage {
  /** How its steps ended this time; undefined when its store is not in the configuration. */
  replay(past: PastOrder): Promise<readonly StepRecord[] | undefined>;
  pipelinesOf(store: string): readonly Pipeline[];
  close(): Promise<void>;
}

/** A simulator answers at once; what still waits after this many looks waits for something that does not come. */
const mostLooks = 60;
const betweenLooksMs = 100;

/** `settings` must know no key: then every provider is simulated, and there is no way out of this process. */
export async function openStage(config: Config, settings: Settings): Promise<Stage> {
  const { dataFolder, cacheFolder } = settings;
  // What is thrown away need not survive a power cut.
  const folder = join(dataFolder, "ledger");
  const db = await openEmbedded({ folder, cacheFolder, isDurable: false });
  await migrate(db, migrationsFolder());
  let current: PastOrder | undefined;
  const recorded: Recorded = {
    order: () => {
      if (!current) throw new Error("No order is being replayed.");
      return current.order;
    },
    consultation: () => current && consultationOf(current),
  };
  const ways = new Map<string, Send>();
  const stores = new Map<string, Store>();
  for (const [name, shop] of Object.entries(config.stores)) {
    const rehearsed = rehearsedStore(name, shop, settings, db, recorded);
    stores.set(name, rehearsed.store);
    for (const [account, send] of rehearsed.ways) ways.set(account, send);
  }
  const world: World = {
    ledger: sqlLedger(db),
    stores,
    clock: systemClock,
    random: () => 0,
    owner: "rehearsal",
    sendUntil: (account) => ways.get(account) ?? nowhere,
  };
  return {
    pipelinesOf: (store) => stores.get(store)?.pipelines ?? [],
    async replay(past) {
      if (!stores.has(past.order.store)) return undefined;
      current = past;
      return replayed(world, past);
    },
    close: () => db.close(),
  };
}

const nowhere: Send = async () => {
  const message = "In a rehearsal nothing leaves this process.";
  throw new ActionError("permanent", message, { cause: "config.invalid" });
};

async function replayed(world: World, { order }: PastOrder): Promise<readonly StepRecord[]> {
  const { reference, store, payment } = order;
  const { subject } = await world.ledger.recordEvent({
    source: "stripe",
    store,
    event: {
      id: `rehearsal_${reference}`,
      type: "rehearsal",
      createdAt: order.paidAt,
      livemode: payment.livemode,
      objectId: reference,
    },
    body: new Uint8Array(),
  });
  await handleWake(world, subject);
  for (let looks = 0; looks < mostLooks; looks++) {
    const inMs = await advanceOrder(world, reference);
    if (inMs === undefined) break;
    await sleep(Math.min(inMs, betweenLooksMs));
  }
  return (await world.ledger.loadOrder(reference))?.steps ?? [];
}

/** The answer stands with the step that asked, whatever its name. */
function consultationOf({ steps }: PastOrder) {
  for (const { output } of steps) {
    const isOutput = typeof output === "object" && output !== null && "consultation" in output;
    const parsed = isOutput ? consultationSchema.safeParse(output.consultation) : undefined;
    if (parsed?.success) return parsed.data;
  }
  return undefined;
}
