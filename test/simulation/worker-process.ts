// One process of ours as it is started: the product's own worker and queue, over a linked ledger and a simulated wire.
import type { Ledger } from "../../src/ledger/ledger.ts";
import { dueLoop } from "../../src/queue/due-loop.ts";
import { ledgerQueue } from "../../src/queue/ledger-queue.ts";
import type { DueWork, Handle, Queue, QueueOptions, Wake } from "../../src/queue/queue.ts";
import { handleWake } from "../../src/worker/handle-wake.ts";
import type { Store, World } from "../../src/worker/world.ts";
import type { Broker } from "./lossy-broker.ts";
import type { Life, Scene } from "./simulated-process.ts";

export interface WorkerParts {
  readonly ledger: Ledger;
  readonly store: Store;
  readonly sendUntil: World["sendUntil"];
  /** Absent: the ledger itself is the queue. */
  readonly broker: Broker | undefined;
}

const sweepMs = 5000;
const options: QueueOptions = {
  concurrency: 8,
  hiddenMs: 60_000,
  sweepMs,
  // The database went away: what was begun is found again.
  onError: () => {},
};

export function startWorker(scene: Scene, life: Life, parts: WorkerParts): void {
  const world: World = {
    ledger: parts.ledger,
    stores: new Map([[parts.store.name, parts.store]]),
    clock: life.clock,
    random: scene.random,
    owner: life.process,
    sendUntil: parts.sendUntil,
  };
  const handle = (subject: string) => handleWake(world, subject);
  const { due, watch } = sweptInVirtualTime(life, parts.ledger.due);
  const queue = parts.broker
    ? brokerQueue(life, due, handle, parts.broker)
    : ledgerQueue(due, handle, options);
  watch(queue);
  // Ends the loop, so that no real timer is left behind; whatever else it asks is never answered.
  life.onEnd(() => void queue.close());
}

/**
 * The loop sleeps by a real timer, which never rings during a run: no real time passes between two happenings. So it is
 * kicked by virtual time, when it would have looked by itself.
 */
function sweptInVirtualTime(life: Life, due: DueWork) {
  let kick = () => {};
  let looks = 0;
  const lookIn = (ms: number) => {
    looks += 1;
    const look = looks;
    life.after(ms, () => look === looks && kick());
  };
  const swept: DueWork = {
    ...due,
    async take(limit, hiddenMs) {
      lookIn(sweepMs);
      return due.take(limit, hiddenMs);
    },
    async nextInMs() {
      const inMs = await due.nextInMs();
      lookIn(inMs === undefined ? sweepMs : Math.min(inMs + 1, sweepMs));
      return inMs;
    },
  };
  const watch = (queue: Queue) => {
    kick = queue.kick;
    lookIn(sweepMs);
  };
  return { due: swept, watch };
}

/** As with Redis: a relay hands over what is due, and any process may get it. */
function brokerQueue(life: Life, due: DueWork, handle: Handle, broker: Broker): Queue {
  const work = async (wake: Wake, handleIt = () => handle(wake.subject)): Promise<void> => {
    try {
      const end = await handleIt();
      if (typeof end === "object") {
        await Promise.all([due.settle(wake, undefined), work(end.wake, end.work)]);
        return;
      }
      await due.settle(wake, end);
      if (end !== undefined) relay.kick();
    } catch (error) {
      options.onError(error);
    }
  };
  const relay = dueLoop(due, options, () => 200, broker.add);
  broker.join(life, (wake) => work(wake));
  return relay;
}
