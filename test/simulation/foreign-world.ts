// The providers' side: what they hold because of us. Their records alone decide whether a run went well.
import type { Connection } from "../../src/connector-kit/action.ts";
import type { HttpRequest } from "../../src/connector-kit/http.ts";
import type { Scene } from "./simulated-process.ts";

/** How a provider behaves, whatever we believe of it. */
export interface ProviderHabits {
  readonly account: string;
  readonly how: "safe" | "look-first" | "ask-operator";
  readonly deadlineMs: number;
  readonly maxServerMs: number;
  readonly maxLagMs: number;
  readonly limits: Connection["limits"];
  /** It knows everything that it is asked for. */
  readonly isNeverRejecting?: boolean;
}

export interface ForeignRecord {
  readonly id: string;
  readonly madeAt: number;
  /** From when on a look-up shows it. */
  readonly shownAt: number;
}

export interface ForeignWorld {
  /** By the key that we gave: "<reference>-<step>" or "alert-<id>". */
  readonly records: ReadonlyMap<string, readonly ForeignRecord[]>;
  /** When somebody first asked for the change of a key. */
  readonly firstAskedAt: ReadonlyMap<string, number>;
  ask(key: string): void;
  /** A change comes true. */
  make(habits: ProviderHabits, key: string): ForeignRecord;
  /** What a look-up shows now. */
  look(key: string): readonly ForeignRecord[];
}

export function foreignWorld({ time, random, faults, story }: Scene): ForeignWorld {
  const records = new Map<string, ForeignRecord[]>();
  const firstAskedAt = new Map<string, number>();
  let lastId = 0;
  return {
    records,
    firstAskedAt,
    ask(key) {
      if (!firstAskedAt.has(key)) firstAskedAt.set(key, time.now);
    },
    make({ how, maxLagMs, account }, key) {
      const known = records.get(key) ?? [];
      if (how === "safe" && known[0]) return known[0];
      const madeAt = time.now;
      lastId += 1;
      const shownAt = madeAt + random() * maxLagMs;
      const record = { id: `${account}-${lastId}`, madeAt, shownAt };
      records.set(key, [...known, record]);
      story.tell(account, referenceOf(key), () => `makes ${record.id} for ${key}`);
      return record;
    },
    look(key) {
      const all = records.get(key) ?? [];
      const shown = all.filter(({ shownAt }) => shownAt <= time.now);
      if (shown.length < all.length) faults.count("stale-look");
      return shown;
    },
  };
}

/** Ours begins the key; an alert has none. */
export function referenceOf(key: string): string {
  return key.split("-")[0] ?? "";
}

export function keyOf({ url }: HttpRequest): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
