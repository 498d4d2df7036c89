// Without Redis the due index is the queue: what is due is taken with SKIP LOCKED and worked on here.
import { dueLoop } from "./due-loop.ts";
import { keepHidden } from "./keep-hidden.ts";
import type { DueWork, Handle, QueueOptions, Wake, WatchableQueue } from "./queue.ts";

export function ledgerQueue(due: DueWork, handle: Handle, options: QueueOptions): WatchableQueue {
  const active = new Map<string, { readonly wake: Wake; readonly work: Promise<void> }>();
  let beats = 0;
  /** Woken, and taken, while they were being worked on here. */
  const wokenMeanwhile = new Map<string, Wake>();

  function begin(wake: Wake, handleIt: () => ReturnType<Handle>): Promise<void> {
    const over = work(wake, handleIt);
    active.set(wake.subject, { wake, work: over });
    return over;
  }

  async function work(wake: Wake, handleIt: () => ReturnType<Handle>): Promise<void> {
    let next: Promise<void> | undefined;
    try {
      const end = await handleIt();
      if (typeof end === "object") next = begin(end.wake, end.work);
      await due.settle(wake, typeof end === "object" ? undefined : end);
    } catch (error) {
      // Left hidden: it reappears and is tried again.
      options.onError(error);
    } finally {
      for (let woken = takeWoken(wake.subject); woken; woken = takeWoken(wake.subject)) {
        // One that only reappeared, because the work took so long, brings no news.
        if (woken.wakes > wake.wakes) await due.settle(woken, 0).catch(options.onError);
      }
      active.delete(wake.subject);
      beats += 1;
      loop.kick();
    }
    await next;
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
        else void begin(wake, () => handle(wake.subject));
        beats += 1;
      }
    },
  );

  const stopKeeping = keepHidden(due, options, () => [...active.values()].map(({ wake }) => wake));
  return {
    kick: loop.kick,
    pulse: {
      get beats() {
        return beats;
      },
      handedOverMs: async () => 0,
    },
    async close() {
      await loop.close();
      await Promise.all([...active.values()].map(({ work }) => work));
      stopKeeping();
    },
  };
}
