/** What is done again and again, whatever orders do. The due index is its lease: one process at a time has it. */
export interface Round {
  /** From now on it is done; at once when it is overdue. */
  begin(): Promise<void>;
  isFor(subject: string): boolean;
  /** Resolves to when to do it again, ms; undefined when nobody wants it any more. */
  handle(subject: string): Promise<number | undefined>;
  /** What was begun ends at its next request. */
  stop(): void;
}
