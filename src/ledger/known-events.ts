import type { Database } from "./database/database.ts";

/** An event that was found by asking, and the payment objects that its order may be known by. */
export interface AskedEvent {
  readonly id: string;
  readonly type: string;
  readonly objects: readonly string[];
}

const asked = `with asked as (
  select a.id, a.type, o.object
  from jsonb_to_recordset($2::jsonb) as a(id text, type text, objects jsonb),
    jsonb_array_elements_text(a.objects) as o(object))`;

/**
 * Ids of those that bring no news: they were received, their payment has an order, or another event of it is in hand.
 * Events that were ignored prove nothing, unless they said the same of the same object.
 */
export async function knownEvents(
  db: Database,
  source: string,
  events: readonly AskedEvent[],
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>(
    `${asked} select distinct a.id from asked a
     where exists (select 1 from event e where e.source = $1 and e.id = a.id)
       or exists (select 1 from orders o where o.source = $1 and o.payment_object = a.object)
       or exists (select 1 from orders o where o.source = $1 and o.payment_intent = a.object)`,
    [source, JSON.stringify(events)],
  );
  const known = new Set(rows.map((row) => row.id));
  const rest = events.filter(({ id }) => !known.has(id));
  // Looks through all events, which no index helps with: only for the few that are still unknown.
  return rest.length === 0 ? known : new Set([...known, ...(await inHand(db, source, rest))]);
}

async function inHand(db: Database, source: string, events: readonly AskedEvent[]) {
  const { rows } = await db.query<{ id: string }>(
    `${asked} select distinct a.id from asked a
     join event e on e.source = $1 and e.object_id = a.object
     where e.disposition <> 'ignored' or e.type = a.type`,
    [source, JSON.stringify(events)],
  );
  return rows.map((row) => row.id);
}
