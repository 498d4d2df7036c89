// What a store tells its people at the moment, and what one of its messages holds.
import type { Alert } from "../connector-kit/roles.ts";
import type { Queryable } from "./database/database.ts";
import type { AlertTraffic, ToldAlert } from "./ledger.ts";
import { alertSubject } from "./subject.ts";

/** More than this does not fit into one message anyway. */
const mostInOne = 100;

export async function alertTraffic(db: Queryable, store: string): Promise<AlertTraffic> {
  const { rows: waiting } = await db.query<{ id: string }>(
    `select id::text from alert where store = $1 and begun_at is null and ended_at is null and not closes
     order by id limit ${mostInOne}`,
    [store],
  );
  const { rows: sent } = await db.query<{ ago_ms: string }>(
    `select (extract(epoch from now() - max(ended_at)) * 1000)::bigint::text as ago_ms from alert
     where store = $1 and outcome = 'sent' and ended_at > now() - interval '1 minute'
     group by message_id order by max(ended_at) desc limit ${mostInOne}`,
    [store],
  );
  return {
    waiting: waiting.map(({ id }) => alertSubject(id)),
    sentAgoMs: sent.map(({ ago_ms }) => Math.max(0, Number(ago_ms))),
  };
}

interface ToldRow {
  reference: string | null;
  severity: Alert["severity"];
  title: string;
  lines: string[];
  over_id: string | null;
  over_title: string | null;
  over_lines: string[] | null;
}

export async function loadMessage(
  db: Queryable,
  store: string,
  messageId: string,
): Promise<readonly ToldAlert[]> {
  const { rows } = await db.query<ToldRow>(
    `select a.reference, a.severity, a.title, a.lines, o.id::text as over_id, o.title as over_title,
       o.lines as over_lines
     from alert a left join alert o on o.answers = a.id and o.closes
     where a.store = $1 and a.message_id = $2 and not a.closes order by a.id limit ${mostInOne}`,
    [store, messageId],
  );
  return rows.map(({ reference, severity, title, lines, ...row }) => ({
    reference: reference ?? undefined,
    alert: { severity, title, lines },
    ...(row.over_id === null
      ? {}
      : {
          over: {
            subject: alertSubject(row.over_id),
            alert: { severity: "info", title: row.over_title ?? "", lines: row.over_lines ?? [] },
          },
        }),
  }));
}
