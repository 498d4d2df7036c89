// What becomes of a recorded event.
import type { Alert } from "../connector-kit/roles.ts";
import { insertAlert } from "./alerts.ts";
import type { Database, Queryable } from "./database/database.ts";
import { wakeIn } from "./due-index.ts";
import type { EventRecord } from "./ledger.ts";
import { storable } from "./storable.ts";
import { eventSubject, readSubject } from "./subject.ts";

interface EventRow {
  source: string;
  id: string;
  store: string;
  type: string;
  object_id: string | null;
  object_type: string | null;
  account: string | null;
  livemode: boolean | null;
  api_version: string | null;
  created_at: Date;
  disposition: EventRecord["disposition"];
  tries: number;
}

export async function loadEvents(
  db: Queryable,
  subjects: readonly string[],
): Promise<(EventRecord | undefined)[]> {
  const keys = subjects.map(keyOf);
  const { rows } = await db.query<EventRow>(
    `select found.* from unnest($1::text[], $2::text[]) as asked(source, id) cross join lateral (
       select source, id, store, type, object_id, object_type, account, livemode, api_version, created_at,
         disposition, tries
       from event e where e.source = asked.source and e.id = asked.id offset 0) found`,
    [keys.map(([source]) => source), keys.map(([, id]) => id)],
  );
  const found = new Map(rows.map((row) => [eventSubject(row.source, row.id), asEventRecord(row)]));
  return subjects.map((subject) => found.get(subject));
}

function asEventRecord(row: EventRow): EventRecord {
  return {
    subject: eventSubject(row.source, row.id),
    store: row.store,
    disposition: row.disposition,
    tries: row.tries,
    event: {
      id: row.id,
      type: row.type,
      createdAt: row.created_at.toISOString(),
      livemode: row.livemode ?? false,
      apiVersion: row.api_version ?? undefined,
      account: row.account ?? undefined,
      objectId: row.object_id ?? undefined,
      objectType: row.object_type ?? undefined,
    },
  };
}

export async function ignoreEvent(db: Database, subject: string, reason: string): Promise<void> {
  await db.query(
    `update event set disposition = 'ignored', reason = $3, settled_at = now()
     where source = $1 and id = $2 and disposition = 'received'`,
    [...keyOf(subject), storable(reason)],
  );
}

export async function quarantineEvent(
  db: Database,
  subject: string,
  reason: string,
  alert: Alert,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.query<{ store: string }>(
      `update event set disposition = 'quarantined', reason = $3, settled_at = now()
       where source = $1 and id = $2 and disposition = 'received' returning store`,
      [...keyOf(subject), storable(reason)],
    );
    const store = rows[0]?.store;
    if (store) await insertAlert(tx, `quarantine:${subject}`, store, undefined, alert);
  });
}

export async function countEventTry(db: Database, subject: string, reason: string): Promise<void> {
  await db.query("update event set tries = tries + 1, reason = $3 where source = $1 and id = $2", [
    ...keyOf(subject),
    storable(reason),
  ]);
}

/** What is kept under its digest was never read as an event, and would not be now. */
export const readAgain = (db: Database, subject: string): Promise<boolean> =>
  db.transaction((tx) => readAgainIn(tx, subject));

export async function readAgainIn(tx: Queryable, subject: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update event set disposition = 'received', reason = null, settled_at = null
     where source = $1 and id = $2 and disposition = 'quarantined' and id not like 'sha256:%'`,
    keyOf(subject),
  );
  if (rowCount === 0) return false;
  await wakeIn(tx, subject, 0);
  return true;
}

function keyOf(subject: string): [source: string, id: string] {
  const read = readSubject(subject);
  if (read?.kind !== "event") throw new TypeError(`"${subject}" is no event.`);
  return [read.source, read.id];
}
