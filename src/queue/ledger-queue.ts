// Without Redis the due index is the queue: what is due is taken with SKIP LOCKED and worked on here.
import { dueLoop } from "./due-loop.ts";
import type { DueWork, Handle, Queue, QueueOptions, Wake } from "./queue.ts";

export function ledgerQueue(due: DueWork, handle: Handle, options: QueueOptions): Queue {
  const active = new Map<string, Promise<void>>();

  async function work(wake: Wake): Promise<void> {
    try {
      const lookAgainInMs = await handle(wake.subject);
      await due.settle(wake, lookAgainInMs);
    } catch (error) {
      // Left hidden: it reappears and is tried again.
      options.onError(error);
    } finally {
      active.delete(wake.subject);
      loop.kick();
    }
  }

  const loop = dueLoop(
    due,
    options,
    () => options.concurrency - active.size,
    (wakes) => {
      // A subject that is still being worked on here reappears later; working twice on it helps nobody.
      for (const wake of wakes) {
        if (!active.has(wake.subject)) active.set(wake.subject, work(wake));
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
