// One run: a shop on a bad day, from one seed. The same seed is the same day, happening for happening.
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { Clock } from "../../src/worker/clock.ts";
import type { World } from "../../src/worker/world.ts";
import { crowdOf } from "./crowd.ts";
import { linkedLedger } from "./database-link.ts";
import { type FaultKind, seededFaults, type Weather } from "./faults.ts";
import { foreignWorld } from "./foreign-world.ts";
import { judge, type Verdict } from "./judge.ts";
import { lossyBroker } from "./lossy-broker.ts";
import { type MemoryLedger, memoryLedger } from "./memory-ledger.ts";
import { paymentProvider } from "./payment-provider.ts";
import { refundsOf } from "./refunds.ts";
import { seededRandom } from "./seeded-random.ts";
import { simulatedOperator } from "./simulated-operator.ts";
import { type Life, type Scene, startProcess } from "./simulated-process.ts";
import {
  type Beliefs,
  habitsOf,
  simulatedOrders,
  simulatedShop,
  trueBeliefs,
} from "./simulated-shop.ts";
import { noStory, storyOf } from "./story.ts";
import { VirtualTime } from "./virtual-time.ts";
import { wire } from "./wire.ts";
import { startWorker } from "./worker-process.ts";

/** What is put around the product to break it on purpose. */
export interface Wrapping {
  readonly beliefs?: Beliefs;
  ledger?(ledger: MemoryLedger): Ledger;
  clock?(clock: Clock): Clock;
  sendUntil?(sendUntil: World["sendUntil"]): World["sendUntil"];
}

export interface RunOptions extends Weather {
  readonly seed: number;
  readonly orders?: number;
  readonly wrapping?: Wrapping;
  /** The order whose story is told. */
  readonly storyOf?: string;
}

export interface RunResult extends Verdict {
  readonly seed: number;
  readonly orders: number;
  /** How we were set up: one process with its own database, several with PostgreSQL, or with Redis as well. */
  readonly layout: Layout;
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** What never came to rest, although all went well for hours. */
  readonly stuck: readonly string[];
  readonly effects: number;
  readonly settledByHand: number;
  readonly digest: number;
  readonly happened: number;
  readonly virtualMs: number;
  readonly story: readonly string[];
}

type Layout = "embedded" | "postgres" | "redis";
const layouts: readonly Layout[] = ["embedded", "postgres", "postgres", "redis", "redis"];

/** Orders of one day, unless told otherwise. */
export const ordersOfDay = 60;
const paidWithinMs = 6 * 60_000;
/** Long enough for most of the work: accounts that are ill are asked rarely. */
const troubleEndsAtMs = 60 * 60_000;
/** What is not over so long after the last fault never will be. */
const patienceMs = 6 * 3600_000;

export async function simulate(options: RunOptions): Promise<RunResult> {
  const { seed, wrapping = {} } = options;
  const random = seededRandom(seed);
  const time = new VirtualTime();
  const told = options.storyOf ? storyOf(options.storyOf, () => time.now) : undefined;
  const faults = seededFaults(random, options);
  const scene: Scene = { time, random, faults, story: told ?? noStory };
  const layout = layouts[Math.floor(random() * layouts.length)] ?? "postgres";
  const orders = simulatedOrders(options.orders ?? ordersOfDay);
  const memory = memoryLedger({ nowMs: () => time.now }, random);
  const refunds = refundsOf(scene, orders);
  const ledger = refunds.witnessed(wrapping.ledger?.(memory) ?? memory);
  const foreign = foreignWorld(scene);
  const crowd = crowdOf(time);
  const { store } = simulatedShop(wrapping.beliefs ?? trueBeliefs, orders, refunds);

  const doors = new Map<string, Ledger>();
  const broker = layout === "redis" ? lossyBroker(scene) : undefined;
  const lives = new Map<string, Life>();
  const boot = (isDoor: boolean, isWorker: boolean) => async (life: Life) => {
    lives.set(life.process, life);
    const linked = linkedLedger(scene, life, ledger, layout === "embedded");
    if (layout === "embedded") await linked.takeOver();
    if (isDoor) {
      doors.set(life.process, linked);
      life.onEnd(() => doors.delete(life.process));
    }
    const honest = wire(scene, life, foreign, crowd, habitsOf);
    const sendUntil = wrapping.sendUntil?.(honest) ?? honest;
    if (isWorker) startWorker(scene, life, { ledger: linked, store, sendUntil, broker });
  };
  if (layout === "embedded") {
    startProcess(scene, "ordna", boot(true, true), wrapping.clock);
  } else {
    startProcess(scene, "door", boot(true, false));
    for (const name of ["worker-1", "worker-2", "worker-3"])
      startProcess(scene, name, boot(layout === "redis", true), wrapping.clock);
  }
  const payments = paymentProvider(scene, orders, refunds, paidWithinMs, () => {
    const open = [...doors.values()];
    return open[Math.floor(random() * open.length)];
  });
  const person = simulatedOperator(scene, memory);

  const isAtRest = () =>
    memory.tables.due.size === 0 && payments.undelivered === 0 && person.waiting === 0;
  await time.run(paidWithinMs);
  while (!isAtRest() && time.now < troubleEndsAtMs) await time.run(time.now + 30_000);
  faults.end();
  while (!isAtRest() && time.now < troubleEndsAtMs + patienceMs) await time.run(time.now + 30_000);
  // Whatever is still on its way to a provider arrives.
  await time.run(time.now + 200_000);
  for (const life of lives.values()) if (!life.isOver) life.end();

  const { acknowledged } = payments;
  const { settledByHand } = person;
  return {
    ...judge(foreign, orders, acknowledged, settledByHand, refunds, crowd.crowded),
    seed,
    orders: orders.size,
    layout,
    faults: faults.counts,
    stuck: whatIsStuck(memory, settledByHand, refunds.at, payments.undelivered),
    effects: foreign.records.size,
    settledByHand: settledByHand.size,
    digest: time.digest >>> 0,
    happened: time.happened,
    virtualMs: time.now,
    story: told?.lines ?? [],
  };
}

function whatIsStuck(
  { tables }: MemoryLedger,
  settledByHand: ReadonlySet<string>,
  refundedAt: ReadonlyMap<string, number>,
  undelivered: number,
): string[] {
  const steps = [...tables.orders.values()].flatMap(({ order, steps }) =>
    steps
      .filter(
        ({ state }) =>
          state !== "done" && !(state === "skipped" && refundedAt.has(order.payment.object)),
      )
      .filter(({ name }) => !settledByHand.has(`${order.reference}-${name}`))
      .map(({ name, state }) => `${order.reference}-${name} is ${state}`),
  );
  const due = [...tables.due.keys()].map((subject) => `${subject} is due`);
  return [...steps, ...due, ...(undelivered > 0 ? [`${undelivered} events undelivered`] : [])];
}
