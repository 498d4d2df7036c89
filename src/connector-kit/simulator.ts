// A simulator is the provider as a fetch handler: real shapes, real checks, and misbehaviour on request.

/** One thing that a provider holds, as tests and the demo count it. */
export interface SimulatedRecord {
  /** "deal", "shipment", "invoice", "message", ... */
  readonly kind: string;
  readonly id: string;
  /** Our reference as the provider stores it; empty when it stores none (a contact). */
  readonly reference: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Simulator {
  readonly provider: string;
  /** The credentials that it accepts, by the connector's secret names. */
  readonly secrets: Readonly<Record<string, string>>;
  /** How fast this simulator is, for short settle windows in the sandbox. */
  readonly maxServerMs: number;
  readonly maxLagMs: number;
  /** Throws ConnectionLost to drop the connection without an answer. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly records: () => readonly SimulatedRecord[];
  /** The provider's famous moods, by name, with one sentence each; switched by `setMood`. */
  readonly moods: Readonly<Record<string, string>>;
  setMood(name: string, isOn: boolean): void;
}

/** What a simulator is built from, so that it can outlive a kill and run on a held clock. */
export interface SimulatorKit {
  readonly now: () => Date;
  /** A named collection; the sandbox journals it to disk, tests keep it in memory. */
  collection<T>(name: string): Collection<T>;
}

export interface Collection<T> {
  get(id: string): T | undefined;
  set(id: string, value: T): void;
  delete(id: string): void;
  values(): T[];
  readonly size: number;
}

/** The provider vanished: before it did anything ("refused") or after ("lost"). */
export class ConnectionLost extends Error {
  readonly isRefused: boolean;

  constructor(isRefused = false) {
    super(isRefused ? "connection refused" : "connection lost");
    this.isRefused = isRefused;
  }
}

/** In memory; nothing survives. Values must be JSON, as on disk. */
export function memoryKit(now: () => Date = () => new Date()): SimulatorKit {
  return { now, collection: () => mapCollection(new Map()) };
}

export function mapCollection<T>(
  map: Map<string, T>,
  onChange: (id: string, value: T | undefined) => void = () => {},
): Collection<T> {
  return {
    get: (id) => map.get(id),
    set: (id, value) => {
      map.set(id, value);
      onChange(id, value);
    },
    delete: (id) => {
      map.delete(id);
      onChange(id, undefined);
    },
    values: () => [...map.values()],
    get size() {
      return map.size;
    },
  };
}
