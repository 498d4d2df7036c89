// With Redis: a relay hands what is due to BullMQ, and workers on many machines take it from there. Redis may lose
// anything at any time; a wake-up that was not settled is due again.
import { randomUUID } from "node:crypto";
import { Queue as BullQueue, Worker as BullWorker } from "bullmq";
import { dueLoop } from "./due-loop.ts";
import { keepHidden } from "./keep-hidden.ts";
import type { DueWork, Handle, QueueOptions, Wake, WatchableQueue } from "./queue.ts";
import { openRedis } from "./redis-connection.ts";

export const queueName = "ordna";

/** So many wait in Redis at most; the rest waits in the ledger, however long the backlog is. */
const mostInRedis = 200;

/**
 * Two ledgers may share a Redis; a wake-up of one would mean nothing to the other. In a cluster all keys of a queue have to
 * be in one place: that of what stands in braces.
 */
export const prefixFor = (installation = "") => `{ordna:${installation}}`;

export function redisQueue(
  url: string,
  due: DueWork,
  handle: Handle,
  options: QueueOptions,
): WatchableQueue {
  const redis = openRedis(url, { maxRetriesPerRequest: null });
  const forWorker = openRedis(url, { maxRetriesPerRequest: null });
  for (const one of [redis, forWorker]) one.on("error", () => {}); // BullMQ reports it.
  const prefix = prefixFor(options.installation);
  const bull = new BullQueue<Wake>(queueName, {
    connection: redis,
    prefix,
    // BullMQ's own tries and back-off are off: how often and when is the ledger's to say.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  const begun = new Map<Wake, Promise<void>>();
  let beats = 0;
  let wasFull = false;
  const worker = new BullWorker<Wake>(
    queueName,
    ({ data }) => {
      if (wasFull) relay.kick();
      return begin(data, () => handle(data.subject));
    },
    {
      connection: forWorker,
      prefix,
      concurrency: options.concurrency,
      lockDuration: 30_000,
      stalledInterval: 5000,
      // BullMQ would give a job up for good after two dead workers; we never give up.
      maxStalledCount: 1_000_000,
    },
  );
  bull.on("error", options.onError);
  worker.on("error", options.onError);
  worker.on("failed", (_job, error) => options.onError(error));

  function begin(wake: Wake, handleIt: () => ReturnType<Handle>): Promise<void> {
    const over = work(wake, handleIt);
    begun.set(wake, over);
    beats += 1;
    return over.finally(() => {
      begun.delete(wake);
      beats += 1;
    });
  }

  async function work(wake: Wake, handleIt: () => ReturnType<Handle>): Promise<void> {
    const end = await handleIt();
    if (typeof end === "object") {
      await Promise.all([due.settle(wake, undefined), begin(end.wake, end.work)]);
    } else {
      await due.settle(wake, end);
      if (end !== undefined) relay.kick();
    }
  }

  const away = Promise.withResolvers<never>();
  away.promise.catch(() => {});
  const relay = dueLoop(
    due,
    options,
    async () => {
      const room = mostInRedis - (await Promise.race([bull.getWaitingCount(), away.promise]));
      wasFull = room <= 0;
      return room;
    },
    async (wakes) => {
      // A fresh id for each wake-up: BullMQ silently swallows an id that it still remembers.
      const jobs = wakes.map((data) => ({ name: "wake", data, opts: { jobId: randomUUID() } }));
      await Promise.race([bull.addBulk(jobs), away.promise]);
    },
  );

  const stopKeeping = keepHidden(due, options, () => [...begun.keys()]);
  return {
    kick: relay.kick,
    pulse: {
      get beats() {
        return beats;
      },
      async handedOverMs() {
        const [oldest] = await bull.getWaiting(0, 0);
        return oldest ? Date.now() - oldest.timestamp : 0;
      },
    },
    async close() {
      // Without Redis BullMQ would wait for it: with a hand-over, with the last answer, with its own farewell.
      const isThere = redis.status === "ready";
      if (!isThere) away.reject(new Error("Redis was away at the end; what is due stays due."));
      await relay.close();
      if (!isThere) await Promise.allSettled(begun.values());
      await worker.close(!isThere);
      stopKeeping();
      forWorker.disconnect();
      await bull.close();
      redis.disconnect();
    },
  };
}
