// Without Redis the due index is the queue: what is due is taken with SKIP LOCKED and worked on here.
import { dueLoop } from "./due-loop.ts";
import type { DueWork, Handle, Queue, QueueOptions, Wake } from "./queue.ts";

export function ledgerQueue(due: DueWork, handle: Handle, options: QueueOptions): Queue {
  const active = new Map<string, Promise<void>>();
  /** Woken, and taken, while they were being worked on here. */
  const wokenMeanwhile = new Map<string, Wake>();

  async function work(wake: Wake): Promise<void> {
    try {
      const lookAgainInMs = await handle(wake.subject);
      await due.settle(wake, lookAgainInMs);
    } catch (error) {
      // Left hidden: it reappears and is tried again.
      options.onError(error);
    } finally {
      for (let woken = takeWoken(wake.subject); woken; woken = takeWoken(wake.subject)) {
        // One that only reappeared, because the work took so long, brings no news.
        if (woken.wakes > wake.wakes) await due.settle(woken, 0).catch(options.onError);
      }
      active.delete(wake.subject);
      loop.kick();
    }
  }

  function takeWoken(subject: string): Wake | undefined {
    const woken = wokenMeanwhile.get(subject);
    wokenMeanwhile.delete(subject);
    return woken;
  }

  const loop = dueLoop(
    due,
    options,
    () => options.concurrency - active.size,
    (wakes) => {
      // Working on a subject twice at once helps nobody: it is due again as soon as the work on it is over.
      for (const wake of wakes) {
        if (active.has(wake.subject)) wokenMeanwhile.set(wake.subject, wake);
        else active.set(wake.subject, work(wake));
      }
    },
  );

  return {
    kick: loop.kick,
    async close() {
      await loop.close();
      await Promise.all(active.values());
    },
  };
}
