// Chooses the queue: the ledger itself, or BullMQ when there is a Redis.
import type { Hono } from "hono";
import { ledgerQueue } from "./ledger-queue.ts";
import type { DueWork, Handle, Queue, QueueOptions } from "./queue.ts";
import { watchedQueue } from "./watched-queue.ts";

export interface StartedQueue extends Queue {
  readonly kind: "ledger" | "redis";
  /** Subjects known to be on disk. */
  readonly seen: {
    has(subject: string): Promise<boolean>;
    add(subject: string): Promise<void>;
  };
  /** bull-board, below /queues. */
  readonly board: Hono | undefined;
}

export interface StartQueueOptions {
  readonly due: DueWork;
  readonly redisUrl: string | undefined;
  /** False for a process that only receives: it wakes the others through the database. */
  readonly isWorker: boolean;
  readonly concurrency: number;
  /** As the ledger hides what whoever opens an order goes on with. */
  readonly hiddenMs: number;
  readonly installation: string;
  readonly handle: Handle;
  readonly onError: (error: unknown) => void;
  /** Due work is not begun here any more, whatever was tried. */
  readonly onDead: (error: Error) => void;
}

const sweepMs = 5000;

export async function startQueue(options: StartQueueOptions): Promise<StartedQueue> {
  const { due, redisUrl, isWorker, handle, onError, installation } = options;
  const queueOptions: QueueOptions = { ...options, sweepMs };
  if (redisUrl === undefined) {
    const queue = isWorker
      ? watchedQueue(due, () => ledgerQueue(due, handle, queueOptions), options)
      : idle;
    return { ...queue, kind: "ledger", seen: nothingSeen, board: undefined };
  }
  // Loaded only where there is a Redis: BullMQ and its board are a third of all code.
  const { redisQueue } = await import("./redis-queue.ts");
  const { redisSeen } = await import("./redis-seen.ts");
  const { queueBoard } = await import("./queue-board.ts");
  const seen = redisSeen(redisUrl, onError, installation);
  const queue = isWorker
    ? watchedQueue(due, () => redisQueue(redisUrl, due, handle, queueOptions), options)
    : idle;
  const board = await queueBoard(redisUrl, onError, installation);
  return {
    kick: queue.kick,
    kind: "redis",
    seen,
    board: board.app,
    async close() {
      await queue.close();
      await board.close();
      await seen.close();
    },
  };
}

const idle: Queue = { kick: () => {}, close: async () => {} };
const nothingSeen = { has: async () => false, add: async () => {} };
