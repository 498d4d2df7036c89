// What the nemesis may do, and what the providers may do wrong: the words of a schedule.

export const backends = ["embedded", "postgres", "redis"] as const;
export type Backend = (typeof backends)[number];

export const strikeKinds = {
  // Our own processes.
  kill: "SIGKILL; started anew at once",
  freeze: "SIGSTOP for longer than a lease, then SIGCONT",
  stop: "SIGTERM; started anew when it has ended",
  redeploy: "SIGTERM to every process, one after the other",
  clock: "the wall clock of a process jumps, and jumps back; its monotonic clock does not",
  // The disk of the embedded database.
  "disk-full": "no byte fits on the disk any more",
  // PostgreSQL.
  "database-crash": "immediate shutdown, then recovery",
  "database-sessions": "every session is terminated",
  "database-cut": "connections break, new ones are refused",
  "database-stall": "nothing comes through, later everything does",
  // Redis.
  "redis-crash": "SIGKILL; comes back empty",
  "redis-flush": "FLUSHALL",
  "redis-pause": "CLIENT PAUSE",
  "redis-cut": "connections break, new ones are refused",
  "redis-stall": "nothing comes through, later everything does",
  // The way to a provider.
  "provider-cut": "connections break, new ones are refused",
  "provider-hole": "what is sent disappears, later the connections break",
} as const;

export type StrikeKind = keyof typeof strikeKinds;

export interface Strike {
  readonly atMs: number;
  readonly kind: StrikeKind;
  /** A process, "all", "database", "redis", "disk" or a provider. */
  readonly target: string;
  readonly forMs?: number;
  readonly skewMs?: number;
}

/** How a provider goes wrong: those of the connector kit, and what takes effect late or shows late. */
export const mischiefKinds = [
  "refuse-connection",
  "slow-down",
  "unavailable",
  "lose-answer",
  "fail-after-work",
  "garble-answer",
  "reshape-answer",
  "late-effect",
  "stale-look",
] as const;

export type MischiefKind = (typeof mischiefKinds)[number];

export interface Mischief {
  readonly atMs: number;
  readonly kind: MischiefKind;
  readonly provider: string;
  /** Requests that change something, or those that look. */
  readonly hits: "changes" | "looks";
  readonly times: number;
}

/** Changes of these providers are looked for before they are repeated. */
export const lookFirst: readonly string[] = ["postnord", "netvisor", "mailgun"];
export const changed: readonly string[] = ["zoho", "airtable", ...lookFirst];
