// A real due index for queue tests, with a queue that nothing but news and its sweep wake.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../ledger/database/database.ts";
import { openTestDatabase } from "../ledger/database/test-database.ts";
import { dueIndex } from "../ledger/due-index.ts";
import { migrationsFolder } from "../ledger/open-database.ts";
import { ledgerQueue } from "./ledger-queue.ts";
import type { DueWork, Handle, Queue, QueueOptions } from "./queue.ts";

export interface QueueUnderTest {
  readonly db: Database;
  /** Closed after each test by `rest`. */
  readonly running: Set<Queue>;
  wake(subject: string, inMs?: number): Promise<void>;
  start(handle: Handle, options?: Partial<QueueOptions>, due?: DueWork): Queue;
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** Long enough that nothing is found by the sweep alone, unless a test says so. */
export const patient: QueueOptions = {
  concurrency: 10,
  hiddenMs: 60_000,
  sweepMs: 60_000,
  onError: () => {},
};

export async function openQueueUnderTest(): Promise<QueueUnderTest> {
  const opened = await openTestDatabase(migrationsFolder());
  const { db } = opened;
  const running = new Set<Queue>();
  return {
    db,
    running,
    wake: (subject, inMs = 0) => dueIndex(db).wake(subject, inMs),
    start: (handle, options = {}, due = dueIndex(db)) => {
      const queue = ledgerQueue(due, handle, { ...patient, ...options });
      running.add(queue);
      return queue;
    },
    rest: async () => {
      await Promise.all([...running].map((queue) => queue.close()));
      running.clear();
      await db.query("delete from due");
    },
    close: () => opened.close(),
  };
}

/** Waits for it: long enough for a busy machine, and shorter than the sweep of `patient`. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + 20_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < endsAt, "it did not happen");
    await sleep(5);
  }
}
