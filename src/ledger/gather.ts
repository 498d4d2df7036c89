// Group commit: whatever is asked for while an earlier statement is under way goes together in the next one. Nobody waits
// for a timer, and the busier it is, the more share one way to the server and one sync of the disk.
import { AsyncResource } from "node:async_hooks";
import { isUnavailable } from "./database/errors.ts";

/** Statements that may be under way at the same time; whoever shares them takes turns. */
export interface Lanes {
  /** False when none is free: `depart` is called once one is. */
  take(depart: () => void): boolean;
  give(): void;
}

export function lanes(count: number): Lanes {
  const inLine = new Set<() => void>();
  let free = count;
  return {
    take(depart) {
      if (free === 0) {
        inLine.add(depart);
        return false;
      }
      free -= 1;
      return true;
    },
    give() {
      free += 1;
      const [next] = inLine;
      if (!next) return;
      inLine.delete(next);
      next();
    },
  };
}

export interface GatherOptions {
  readonly lanes: Lanes;
  /** Requests that one statement takes. */
  readonly most?: number;
}

interface Waiting<Request, Answer> {
  readonly request: Request;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * `flush` answers each request in its place, all in one transaction. Where one of them breaks it, each is tried alone, so
 * that nobody fails because of a stranger.
 */
export function gather<Request, Answer>(
  flush: (requests: readonly Request[]) => Promise<readonly Answer[]>,
  { lanes, most = 100 }: GatherOptions,
): (request: Request) => Promise<Answer> {
  const waiting: Waiting<Request, Answer>[] = [];
  // Who asks last is not the one in whose name the others' statement runs.
  const nobody = new AsyncResource("ordna.gather");
  let isCalled = false;

  function depart(): void {
    isCalled = false;
    while (waiting.length > 0 && lanes.take(depart)) {
      void carry(waiting.splice(0, most)).finally(() => lanes.give());
    }
  }

  async function carry(group: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await flush(group.map(({ request }) => request));
      // as: `flush` answers each in its place.
      for (const [at, { resolve }] of group.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      const isAlone = group.length === 1;
      if (isAlone || isUnavailable(error)) for (const { reject } of group) reject(error);
      else for (const one of group) await carry([one]);
    }
  }

  return (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      if (isCalled) return;
      isCalled = true;
      // Not at once: what the same turn of the event loop still asks for comes along.
      setImmediate(() => nobody.runInAsyncScope(depart));
    });
}
