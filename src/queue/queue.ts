// When to look again at something. A queue only wakes: it may repeat and lose wake-ups, the due index finds them.

export interface Wake {
  readonly subject: string;
  readonly wakes: number;
}

/** The ledger's due index, as a queue sees it. */
export interface DueWork {
  take(limit: number, hiddenMs: number): Promise<readonly Wake[]>;
  settle(wake: Wake, lookAgainInMs: number | undefined): Promise<void>;
  /** Still at work on these: each reappears after `hiddenMs` from now. */
  keep(wakes: readonly Wake[], hiddenMs: number): Promise<void>;
  /** Negative when it is overdue. */
  nextInMs(): Promise<number | undefined>;
  onNews(heard: () => void): Promise<() => Promise<void>>;
}

/** Works on a subject as far as it goes now; resolves to when to look again, or undefined for never. */
export type Handle = (subject: string) => Promise<number | GoesOn | undefined>;

/** One thing is done with, and the next is at hand: its wake-up is ours, as if we had taken it. */
export interface GoesOn {
  readonly wake: Wake;
  work(): Promise<number | undefined>;
}

export interface Queue {
  /** Something may be due: look at once. Costs nothing when nothing is. */
  kick(): void;
  /** Takes no more work and resolves when what was begun is finished. */
  close(): Promise<void>;
}

/** What a watchdog sees of a queue. */
export interface Pulse {
  /** Grows whenever work begins or ends. */
  readonly beats: number;
  /** How long something has waited that was handed over already, ms. */
  handedOverMs(): Promise<number>;
}

export interface WatchableQueue extends Queue {
  readonly pulse: Pulse;
}

export interface QueueOptions {
  /** Subjects worked on at the same time in this process. */
  readonly concurrency: number;
  /** A taken subject reappears after this, ms, if its worker vanished; while it is worked on it is kept hidden. */
  readonly hiddenMs: number;
  /** The sweep: how often to look although nothing was heard, ms. */
  readonly sweepMs: number;
  readonly onError: (error: unknown) => void;
  /** Names the ledger in a Redis that others use, too. */
  readonly installation?: string;
}
