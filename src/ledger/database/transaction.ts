// BEGIN, COMMIT and ROLLBACK as both databases do them, and the refusal of what one session cannot
// do.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Queryable, Result, Value } from "./database.ts";
import { takingTurns } from "./taking-turns.ts";

export interface RunResult extends Result<Record<string, unknown>> {
  /** The first word of the command tag: SELECT, INSERT, COMMIT, ROLLBACK. */
  readonly command: string;
}

export type Run = (text: string, values?: readonly Value[]) => Promise<RunResult>;

export interface Transactions {
  /** Throws when called from inside a transaction of this database. */
  refuseInside(): void;
  /** `run` must reach one session that nobody else uses meanwhile. */
  begin<T>(run: Run, work: (tx: Queryable) => Promise<T>, broken: () => void): Promise<T>;
}

const idleLimitMs = 30_000;

export function transactions(idleMs = idleLimitMs): Transactions {
  const scope = new AsyncLocalStorage<{ isOpen: boolean }>();
  return {
    refuseInside: () => {
      if (scope.getStore()?.isOpen) throw new Error(misuse);
    },
    begin: async (run, work, broken) => {
      const open = { isOpen: true };
      const { inOrder, tx, idle } = guardedSession(run, open, idleMs);
      try {
        await inOrder("begin");
        const value = await Promise.race([scope.run(open, () => work(tx)), idle.expired]);
        open.isOpen = false;
        // In order: after a statement that nobody awaited.
        const { command } = await inOrder("commit");
        if (command !== "COMMIT") throw new Error(swallowed);
        return value;
      } catch (error) {
        open.isOpen = false; // First of all: what still runs must not slip in behind the rollback.
        await inOrder("rollback").catch(broken);
        throw error;
      } finally {
        idle.stop();
      }
    },
  };
}

const misuse =
  "Inside a transaction, use the tx that was handed in: the database itself would wait for this " +
  "transaction to end, and it would wait for the database.";
const swallowed =
  "Nothing was written: a statement of this transaction failed and its error was swallowed.";

function guardedSession(run: Run, open: { readonly isOpen: boolean }, idleMs: number) {
  const inTurn = takingTurns();
  const idle = idleWatch(idleMs);
  const inOrder: Run = (text, values) =>
    inTurn(async () => {
      idle.stop();
      try {
        return await run(text, values);
      } finally {
        idle.start();
      }
    });
  const query = async (text: string, values?: readonly Value[]) => {
    if (!open.isOpen) throw new Error("This transaction is over: its tx cannot be used any more.");
    return inOrder(text, values);
  };
  // The row type is the caller's claim: see Queryable.
  const tx: Queryable = { query: query as Queryable["query"] };
  return { inOrder, tx, idle };
}

/** One session must not be held for ever by work that waits for something else. */
function idleWatch(idleMs: number) {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  expired.catch(() => {}); // Nobody may be waiting for it any more.
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    const sentence = `A transaction did nothing for ${idleMs / 1000} s and was rolled back.`;
    timer = setTimeout(() => reject(new Error(sentence)), idleMs).unref();
  };
  return { expired, start, stop };
}
