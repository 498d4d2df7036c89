// What people are told. An alert is begun before it is sent: after a crash in between it counts as perhaps sent.
import type { Alert } from "../connector-kit/roles.ts";
import { toJson } from "../order/json.ts";
import type { Database, Queryable } from "./database/database.ts";
import { wakeIn } from "./due-index.ts";
import type { AlertOutcome, AlertRecord, Over } from "./ledger.ts";
import { storable } from "./storable.ts";
import { alertSubject, readSubject } from "./subject.ts";

interface AlertRow {
  id: string;
  store: string;
  reference: string | null;
  severity: Alert["severity"];
  title: string;
  lines: string[];
  answers: string | null;
  closes: boolean;
  closed_outcome: AlertOutcome | null;
  begun_at: Date | null;
  ended_at: Date | null;
  tries: number;
}

/** Raises it once for each `dedupe`, and makes it due. An answer to nothing is not raised. */
export async function insertAlert(
  tx: Queryable,
  dedupe: string,
  store: string,
  reference: string | undefined,
  alert: Alert,
  answers?: readonly string[],
): Promise<void> {
  const { rows } = await tx.query<{ id: string | number }>(
    `with answered as (select min(id) as id from alert where dedupe = any ($7))
     insert into alert (dedupe, store, reference, severity, title, lines, answers)
     select $1, $2, $3, $4, $5, array(select jsonb_array_elements_text($6::jsonb)), answered.id
     from answered where $8 or answered.id is not null
     on conflict (dedupe) do nothing returning id`,
    [
      dedupe,
      store,
      reference ?? null,
      alert.severity,
      storable(alert.title),
      toJson(alert.lines),
      answers ?? [],
      answers === undefined,
    ],
  );
  if (rows[0]) await wakeIn(tx, alertSubject(String(rows[0].id)), 0);
}

/** For each alert of these that may have been seen: it is over. Its message is changed where that is possible. */
export async function closeAlerts(
  tx: Queryable,
  dedupes: readonly string[],
  { title, lines }: Over,
): Promise<void> {
  const { rows } = await tx.query<{ id: string | number }>(
    `insert into alert (dedupe, store, reference, severity, title, lines, answers, closes)
     select dedupe || ':over', store, reference, 'info', $2,
       array(select jsonb_array_elements_text($3::jsonb)) || array(
         select 'By ' || d.actor || ': ' || d.what from decision d
         where d.reference = alert.reference and d.decided_at >= alert.raised_at and d.what not like 'personal.%'
           and d.what not in ('order.note', 'order.assign', 'order.snooze', 'customer.ask', 'file.link')
         order by d.number desc limit 1), id, true
     from alert where dedupe = any ($1) and outcome is distinct from 'refused' order by id
     on conflict (dedupe) do nothing returning id`,
    [dedupes, storable(title), toJson(lines)],
  );
  for (const { id } of rows) await wakeIn(tx, alertSubject(String(id)), 0);
}

export async function loadAlert(db: Database, subject: string): Promise<AlertRecord | undefined> {
  const { rows } = await db.query<AlertRow>(
    `select a.id::text, a.store, a.reference, a.severity, a.title, a.lines, a.begun_at, a.ended_at,
       a.tries, a.closes, e.message_id as answers, e.outcome as closed_outcome
     from alert a left join alert e on e.id = a.answers where a.id = $1`,
    [idOf(subject)],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { severity, title, lines } = row;
  return {
    id: row.id,
    store: row.store,
    reference: row.reference ?? undefined,
    alert: { severity, title, lines, ...(row.answers === null ? {} : { answers: row.answers }) },
    wasBegun: row.begun_at !== null,
    isEnded: row.ended_at !== null,
    tries: row.tries,
    ...(row.closes ? { closes: { outcome: row.closed_outcome ?? undefined } } : {}),
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
  outcome: AlertOutcome,
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
