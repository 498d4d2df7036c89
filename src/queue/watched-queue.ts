// A watchdog: when work is due and nobody begins any, the queue is made anew; when that does not help, it says so.
import type { DueWork, Queue, QueueOptions, WatchableQueue } from "./queue.ts";

export interface WatchOptions extends Pick<QueueOptions, "onError"> {
  /** Nothing helps here: this process had better end and be started again. */
  readonly onDead: (error: Error) => void;
  readonly lookEveryMs?: number;
  /** So long work may be overdue, and nothing begin or end, before the queue is made anew. */
  readonly patienceMs?: number;
  /** So long before it is given up. */
  readonly giveUpMs?: number;
}

export function watchedQueue(
  due: Pick<DueWork, "nextInMs">,
  make: () => WatchableQueue,
  options: WatchOptions,
): Queue {
  const { lookEveryMs = 15_000, patienceMs = 60_000, giveUpMs = 300_000, onError } = options;
  let queue = make();
  let beats = 0;
  let stillSince = performance.now();
  let remadeAt: number | undefined;
  let isLooking = false;

  const look = async () => {
    const { pulse } = queue;
    const overdueMs = Math.max(-((await due.nextInMs()) ?? 0), await pulse.handedOverMs());
    const now = performance.now();
    if (pulse.beats !== beats || overdueMs < patienceMs) {
      beats = pulse.beats;
      stillSince = now;
      remadeAt = undefined;
      return;
    }
    const stillMs = now - stillSince;
    const why = `Work has been due for ${seconds(overdueMs)}, and nothing began for ${seconds(stillMs)}`;
    if (stillMs >= giveUpMs) {
      options.onDead(new Error(`${why}. This process ends, to be started again.`));
    } else if (stillMs >= patienceMs && remadeAt === undefined) {
      onError(new Error(`${why}. The worker is made anew.`));
      remadeAt = now;
      // What hangs may never end: nobody waits for it, and fences keep it harmless.
      queue.close().catch(onError);
      queue = make();
      beats = 0;
    }
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      // The database or Redis is away: making the worker anew would not help.
      .catch(onError)
      .finally(() => {
        isLooking = false;
      });
  }, lookEveryMs).unref();

  return {
    kick: () => queue.kick(),
    async close() {
      clearInterval(timer);
      await queue.close();
    },
  };
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
