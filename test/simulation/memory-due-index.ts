// The due index in memory: hiding, reappearing, and counting the wake-ups that come during the work.
import type { DueIndex } from "../../src/ledger/ledger.ts";
import type { DueRow, MemoryTables } from "./memory-tables.ts";

export function memoryDueIndex(tables: MemoryTables): DueIndex {
  const { due, clock, listeners } = tables;
  return {
    async take(limit, hiddenMs) {
      const now = clock.nowMs();
      const ready: DueRow[] = [];
      for (const row of due.values()) if (row.dueAt <= now) ready.push(row);
      if (ready.length > 1) ready.sort((a, b) => a.dueAt - b.dueAt);
      const taken = ready.slice(0, limit);
      for (const row of taken) row.dueAt = now + hiddenMs;
      return taken.map(({ subject, wakes }) => ({ subject, wakes }));
    },
    async settle({ subject, wakes }, lookAgainInMs) {
      const row = due.get(subject);
      if (row?.wakes !== wakes) return;
      if (lookAgainInMs === undefined) due.delete(subject);
      else row.dueAt = clock.nowMs() + lookAgainInMs;
    },
    async keep(wakes, hiddenMs) {
      for (const { subject, wakes: number } of wakes) {
        const row = due.get(subject);
        if (row?.wakes === number) row.dueAt = Math.max(row.dueAt, clock.nowMs() + hiddenMs);
      }
    },
    async nextInMs() {
      let soonest = Infinity;
      for (const row of due.values()) soonest = Math.min(soonest, row.dueAt);
      return soonest === Infinity ? undefined : soonest - clock.nowMs();
    },
    async wake(subject, inMs = 0) {
      wakeIn(tables, subject, inMs);
    },
    async onNews(heard) {
      listeners.add(heard);
      return async () => {
        listeners.delete(heard);
      };
    },
  };
}

export function wakeIn(tables: MemoryTables, subject: string, inMs: number): void {
  const dueAt = tables.clock.nowMs() + inMs;
  tables.lastWake += 1;
  const wakes = tables.lastWake;
  const row = tables.due.get(subject);
  if (row) {
    row.dueAt = Math.min(row.dueAt, dueAt);
    row.wakes = wakes;
  } else {
    tables.due.set(subject, { subject, dueAt, wakes });
  }
  if (inMs <= 0) for (const heard of tables.listeners) heard();
}
