// Looks at the due index when kicked, when something falls due, and every sweep. One look at a time.
import type { DueWork, Queue, QueueOptions, Wake } from "./queue.ts";

interface Loop extends Queue {
  /** Told when room came free. */
  kick(): void;
}

/** `room` says how many may be taken now; `accept` gets them. */
export function dueLoop(
  due: DueWork,
  options: QueueOptions,
  room: () => number | Promise<number>,
  accept: (wakes: readonly Wake[]) => Promise<void> | void,
): Loop {
  let isClosed = false;
  let wasKicked = false;
  let wakeUp: () => void = () => {};

  const kick = () => {
    wasKicked = true;
    wakeUp();
  };

  async function lookUntilClosed(): Promise<void> {
    while (!isClosed) {
      wasKicked = false;
      const sleepMs = await lookOnce().catch((error: unknown) => {
        options.onError(error);
        return Math.min(1000, options.sweepMs);
      });
      if (!isClosed && !wasKicked && sleepMs > 0) await sleep(sleepMs);
    }
  }

  /** How long to sleep afterwards. */
  async function lookOnce(): Promise<number> {
    const limit = await room();
    if (limit <= 0) return options.sweepMs;
    const wakes = await due.take(limit, options.hiddenMs);
    if (wakes.length > 0) await accept(wakes);
    if (wakes.length === limit) return (await room()) > 0 ? 0 : options.sweepMs;
    const nextInMs = await due.nextInMs();
    return nextInMs === undefined ? options.sweepMs : Math.min(nextInMs + 1, options.sweepMs);
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const ended = lookUntilClosed();
  const stopListening = due.onNews(kick).catch((error: unknown) => {
    // Without news the sweep still finds everything, only later.
    options.onError(error);
    return async () => {};
  });

  return {
    kick,
    async close() {
      isClosed = true;
      kick();
      await ended;
      await (await stopListening)();
    },
  };
}
