// What payment providers told us, and what became of it. Reads only.
import type { Database } from "./database/database.ts";
import type { EventRecord } from "./ledger.ts";
import { ofStores, type Stores } from "./store-of.ts";

export interface EventGlance {
  readonly id: string;
  readonly store: string;
  readonly type: string;
  readonly disposition: EventRecord["disposition"];
  readonly reason: string | null;
  /** The order that it opened, or joined. */
  readonly reference: string | null;
  readonly deliveries: number;
  readonly receivedAt: string;
}

export interface EventQuery {
  readonly disposition?: EventRecord["disposition"] | undefined;
  readonly limit: number;
  readonly stores?: Stores | undefined;
}

/** The newest first. */
export async function listEvents(
  db: Database,
  { disposition, limit, stores = null }: EventQuery,
): Promise<EventGlance[]> {
  const { rows } = await db.query<Omit<EventGlance, "receivedAt"> & { received_at: Date }>(
    `select id, store, type, disposition, reason, reference, deliveries, received_at from event
     where ($1::text is null or disposition = $1) and ${ofStores("store", "$3", stores)} order by received_at desc, id limit $2`,
    [disposition ?? null, limit, stores],
  );
  return rows.map(({ received_at, ...row }) => ({ ...row, receivedAt: received_at.toISOString() }));
}

export async function storeOfEvent(db: Database, id: string): Promise<string | undefined> {
  const { rows } = await db.query<{ store: string }>(
    "select store from event where id = $1 order by received_at limit 1",
    [id],
  );
  return rows[0]?.store;
}

/** What the provider sent, byte for byte. */
export async function eventBody(db: Database, id: string): Promise<Uint8Array | undefined> {
  const { rows } = await db.query<{ body: Uint8Array }>(
    "select body from event where id = $1 order by received_at limit 1",
    [id],
  );
  return rows[0]?.body;
}
