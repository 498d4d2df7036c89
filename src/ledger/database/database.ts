// The one thing the ledger knows of its database: embedded PGlite and PostgreSQL look the same from
// here.

/**
 * What may be sent. JSON is sent as text: `JSON.stringify(value)` for a `jsonb` parameter. Strings
 * that are not well-formed Unicode are mended (U+FFFD), alike on both databases.
 */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | readonly (string | number | bigint | null)[];

export interface Result<Row> {
  readonly rows: Row[];
  /** Rows returned by a SELECT, else rows changed. */
  readonly rowCount: number;
}

export interface Queryable {
  /**
   * With `values` (also `[]`): one statement, prepared once and kept. Without: any number of
   * statements, the last one's result. What comes back, alike on both databases: int8 as number
   * (refused beyond 2^53: select it as text), numeric, uuid and date as string, timestamptz as Date
   * (milliseconds: page by an id, not by a time), bytea as Uint8Array, json and jsonb parsed,
   * one-dimensional arrays as arrays, anything else as its text.
   *
   * Row is the caller's word for what the SQL selects. The SQL is our own, stands beside the claim,
   * and is run by tests on both databases; parsing every row again would cost more than the mistake
   * it finds.
   */
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly Value[],
  ): Promise<Result<Row>>;
}

export interface Database extends Queryable {
  readonly kind: "embedded" | "postgres";
  /**
   * All of it or nothing. `work` must use the `tx` it is given and nothing else of this database:
   * the embedded one has a single session, so anything else would wait for itself. Both databases
   * refuse that with a sentence. A transaction without a statement for 30 seconds is rolled back.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Hears NOTIFY. An empty payload may also mean that the connection was lost for a while and
   * notifications with it: look, whatever the payload says. Returns the way to stop.
   */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  /**
   * Only the embedded one: copies its files to a new folder as of one moment, and resolves to what
   * `look` saw at that moment. Everybody else waits meanwhile.
   */
  copyTo?<T>(folder: string, look: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Waits for what was begun. Calls after it are refused. */
  close(): Promise<void>;
}

export interface TransactionOptions {
  /**
   * For a migration that takes long. Default: 30 seconds; the embedded database cannot be
   * interrupted.
   */
  readonly longestStatementMs?: number;
}

/** Told a sentence whenever something begins that takes a while. */
export type OnProgress = (what: string) => void;
