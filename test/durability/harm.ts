/** What must stay at zero. */
export interface Harm {
  /** Transactions that were acknowledged and are not there. */
  readonly lost: number;
  /** Halves of a transaction, and indexes that say something else than their table. */
  readonly torn: number;
  readonly failed_opens: number;
}
