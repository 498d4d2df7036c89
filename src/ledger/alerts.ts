// What people are told. An alert is begun before it is sent: after a crash in between it counts as perhaps sent.
import type { Alert } from "../connector-kit/roles.ts";
import { toJson } from "../order/json.ts";
import type { Database, Queryable } from "./database/database.ts";
import { wakeIn } from "./due-index.ts";
import type { AlertRecord } from "./ledger.ts";
import { storable } from "./storable.ts";
import { alertSubject, readSubject } from "./subject.ts";

interface AlertRow {
  id: string;
  store: string;
  reference: string | null;
  severity: Alert["severity"];
  title: string;
  lines: string[];
  begun_at: Date | null;
  ended_at: Date | null;
  tries: number;
}

/** Raises it once for each `dedupe`, and makes it due. */
export async function insertAlert(
  tx: Queryable,
  dedupe: string,
  store: string,
  reference: string | undefined,
  alert: Alert,
): Promise<void> {
  const { rows } = await tx.query<{ id: string | number }>(
    `insert into alert (dedupe, store, reference, severity, title, lines)
     values ($1, $2, $3, $4, $5, array(select jsonb_array_elements_text($6::jsonb)))
     on conflict (dedupe) do nothing returning id`,
    [dedupe, store, reference ?? null, alert.severity, storable(alert.title), toJson(alert.lines)],
  );
  if (rows[0]) await wakeIn(tx, alertSubject(String(rows[0].id)), 0);
}

export async function loadAlert(db: Database, subject: string): Promise<AlertRecord | undefined> {
  const { rows } = await db.query<AlertRow>(
    `select id::text, store, reference, severity, title, lines, begun_at, ended_at, tries
     from alert where id = $1`,
    [idOf(subject)],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { severity, title, lines } = row;
  return {
    id: row.id,
    store: row.store,
    reference: row.reference ?? undefined,
    alert: { severity, title, lines },
    wasBegun: row.begun_at !== null,
    isEnded: row.ended_at !== null,
    tries: row.tries,
  };
}

/** False when somebody else began or ended it: it is not ours to send. */
export async function beginAlert(db: Database, subject: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update alert set begun_at = now() where id = $1 and begun_at is null and ended_at is null`,
    [idOf(subject)],
  );
  return rowCount === 1;
}

export async function endAlert(
  db: Database,
  subject: string,
  outcome: "sent" | "perhaps sent" | "refused",
  detail: string,
): Promise<void> {
  await db.query(
    `update alert set outcome = $2, ended_at = now(), tries = tries + 1,
       message_id = case when $2 = 'sent' then $3 end, error = case when $2 <> 'sent' then $3 end
     where id = $1 and ended_at is null`,
    [idOf(subject), outcome, storable(detail)],
  );
}

/** Surely not sent: it may begin anew. */
export async function countAlertTry(db: Database, subject: string, error: string): Promise<void> {
  await db.query("update alert set begun_at = null, tries = tries + 1, error = $2 where id = $1", [
    idOf(subject),
    storable(error),
  ]);
}

function idOf(subject: string): string {
  const read = readSubject(subject);
  if (read?.kind !== "alert" || !/^\d+$/.test(read.id))
    throw new TypeError(`"${subject}" is no alert.`);
  return read.id;
}
