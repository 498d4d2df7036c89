// What is measured of every engine: paid orders come to its webhook handler, and end with all seven calls made.

/** Where an engine runs; each gets a database and a Redis with nothing in them. */
export interface Surroundings {
  readonly providersUrl: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** An empty folder. */
  readonly folder: string;
  /** Orders at the same time. */
  readonly concurrency: number;
}

export interface Engine {
  /** The handler of Stripe's webhook; 200 says that the order is the engine's to bring to its end. */
  handle(request: Request): Promise<Response>;
  /** What `done` calls the order of a payment; without it, by the payment's id. */
  nameOf?(payment: string): string;
  /** Other processes that work for this engine alone, by name. */
  readonly processes?: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** `done` is called once for each order, when all of it is done and written down. */
export type StartEngine = (
  surroundings: Surroundings,
  done: (order: string) => void,
) => Promise<Engine>;
