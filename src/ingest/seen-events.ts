/** A fast first look at event ids that are surely on disk already. It may forget; it must never know too much. */
export interface SeenEvents {
  has(subject: string): Promise<boolean>;
  /** Only after the event was committed: the other way round loses orders. */
  add(subject: string): Promise<void>;
}
