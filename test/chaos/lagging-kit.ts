// Simulators' memory for a run, and a look at it as it was a moment ago: an index that lags.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Collection, SimulatorKit } from "../../src/connector-kit/simulator.ts";
import { mapCollection } from "../../src/connector-kit/simulator.ts";

export interface LaggingKit extends SimulatorKit {
  /** Whatever `look` reads, it does not see what is younger than `lagMs`. Tells whether that hid anything. */
  staleLook<T>(lagMs: number, look: () => Promise<T>): Promise<{ seen: T; isStale: boolean }>;
  /** Grows with every change. */
  readonly changes: number;
}

interface Look {
  readonly before: number;
  isStale: boolean;
}

export function laggingKit(): LaggingKit {
  const looks = new AsyncLocalStorage<Look>();
  let changes = 0;
  return {
    now: () => new Date(),
    collection: <T>(): Collection<T> => {
      const map = new Map<string, T>();
      const bornAt = new Map<string, number>();
      const collection = mapCollection<T>(map, (id) => {
        changes += 1;
        if (!bornAt.has(id)) bornAt.set(id, performance.now());
      });
      const isSeen = (id: string) => {
        const look = looks.getStore();
        if (!look || (bornAt.get(id) ?? 0) <= look.before) return true;
        look.isStale = true;
        return false;
      };
      return {
        ...collection,
        get: (id) => (map.has(id) && isSeen(id) ? map.get(id) : undefined),
        values: () => [...map].filter(([id]) => isSeen(id)).map(([, value]) => value),
        get size() {
          return map.size;
        },
      };
    },
    async staleLook(lagMs, look) {
      const store: Look = { before: performance.now() - lagMs, isStale: false };
      const seen = await looks.run(store, look);
      return { seen, isStale: store.isStale };
    },
    get changes() {
      return changes;
    },
  };
}
