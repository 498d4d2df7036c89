// What payment providers told us, and what became of it. Reads only.
import type { Database } from "./database/database.ts";
import type { EventRecord } from "./ledger.ts";

export interface EventGlance {
  readonly id: string;
  readonly store: string;
  readonly type: string;
  readonly disposition: EventRecord["disposition"];
  readonly reason: string | null;
  /** The order that it opened, or joined. */
  readonly reference: string | null;
  readonly shopOrder: string | null;
  readonly deliveries: number;
  readonly receivedAt: string;
}

export interface EventQuery {
  readonly disposition?: EventRecord["disposition"] | undefined;
  /** An event's id, or an order's reference. */
  readonly find?: string | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string | undefined;
}

export interface EventPage {
  readonly events: readonly EventGlance[];
  readonly next: string | null;
}

interface EventRow extends Omit<EventGlance, "receivedAt"> {
  received_at: Date;
  moment: string;
}

/** The newest first. A place is told to the microsecond: two events of one millisecond are two places. */
export async function listEvents(db: Database, query: EventQuery): Promise<EventPage> {
  const { disposition, find, limit, before } = query;
  const slash = before?.indexOf("/") ?? 0;
  const { rows } = await db.query<EventRow>(
    `select e.id, e.store, e.type, e.disposition, e.reason, e.reference, o.facts->>'shopOrder' as "shopOrder",
       e.deliveries, e.received_at,
       to_char(e.received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment
     from event e left join orders o on o.reference = e.reference
     where ($1::text is null or e.disposition = $1)
       and ($2::text is null or e.id = $2 or e.reference = $2)
       and ($3::timestamptz is null or (e.received_at <= $3 and (e.received_at < $3 or e.id > $4)))
     order by e.received_at desc, e.id limit $5`,
    [
      disposition ?? null,
      find ?? null,
      before?.slice(0, slash) ?? null,
      before?.slice(slash + 1) ?? null,
      limit + 1,
    ],
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    events: page.map(({ received_at, moment: _, ...row }) => ({
      ...row,
      receivedAt: received_at.toISOString(),
    })),
    next: last ? `${last.moment}/${last.id}` : null,
  };
}

/** What the provider sent, byte for byte. */
export async function eventBody(db: Database, id: string): Promise<Uint8Array | undefined> {
  const { rows } = await db.query<{ body: Uint8Array }>(
    "select body from event where id = $1 order by received_at limit 1",
    [id],
  );
  return rows[0]?.body;
}
