// E-mails to the people who work here: what one of them tells, and to how many of its receivers it went.
import type { Database, Queryable } from "./database/database.ts";

export interface StaffMail {
  readonly id: string;
  /** Undefined: alerts. */
  readonly week: string | undefined;
  /** So many of its receivers have it. */
  readonly sent: number;
  /** The next one may have it. */
  readonly wasBegun: boolean;
}

export interface MailedAlert {
  readonly reference: string | undefined;
  readonly severity: "info" | "warning" | "needs-you";
  readonly title: string;
  readonly lines: readonly string[];
  /** What ended it, and who; undefined while it lasts. */
  readonly over: string | undefined;
}

interface MailRow {
  id: string;
  week: string | null;
  sent: number;
  begun_at: Date | null;
}

const columns = "id::text, week, sent, begun_at";
const asMail = ({ id, week, sent, begun_at }: MailRow): StaffMail => ({
  id,
  week: week ?? undefined,
  sent,
  wasBegun: begun_at !== null,
});

/** What is not out yet. */
export async function openStaffMails(db: Queryable, store: string): Promise<StaffMail[]> {
  const { rows } = await db.query<MailRow>(
    `select ${columns} from staff_mail where store = $1 and ended_at is null order by id`,
    [store],
  );
  return rows.map(asMail);
}

/** Gathers what nobody was told by e-mail yet. What is older than a day is no news: the page shows it. */
export function gatherAlerts(db: Database, store: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('staff mail ' || $1, 0))", [
      store,
    ]);
    const isNews = `a.store = $1 and a.staff_mail is null and a.raised_at > now() - interval '1 day'
      and (not a.closes or exists (select 1 from alert e where e.id = a.answers
        and (e.staff_mail is not null or e.raised_at > now() - interval '1 day')))`;
    const { rows } = await tx.query<{ id: string }>(
      `insert into staff_mail (store) select $1 where exists (select 1 from alert a where ${isNews}) returning id::text`,
      [store],
    );
    const id = rows[0]?.id;
    if (id === undefined) return false;
    await tx.query(`update alert a set staff_mail = $2::bigint where ${isNews}`, [store, id]);
    return true;
  });
}

/** False when that week's was made before. */
export async function makeDigest(db: Queryable, store: string, week: string): Promise<boolean> {
  const { rowCount } = await db.query(
    "insert into staff_mail (store, week) values ($1, $2) on conflict (store, week) do nothing",
    [store, week],
  );
  return rowCount === 1;
}

/** What began and ended within one e-mail is told once, as over. */
export async function alertsIn(db: Queryable, id: string): Promise<MailedAlert[]> {
  const { rows } = await db.query<{
    reference: string | null;
    severity: MailedAlert["severity"];
    title: string;
    lines: string[];
    over: string | null;
  }>(
    `select a.reference, a.severity, coalesce(e.title, a.title) as title, coalesce(e.lines, a.lines) as lines,
       case when a.closes then concat_ws(' ', a.title, array_to_string(a.lines, ' ')) end as over
     from alert a left join alert e on a.closes and e.id = a.answers
     where a.staff_mail = $1::bigint and not exists (
       select 1 from alert o where o.answers = a.id and o.closes and o.staff_mail = a.staff_mail)
     order by a.id limit 500`,
    [id],
  );
  return rows.map(({ reference, over, ...row }) => ({
    ...row,
    reference: reference ?? undefined,
    over: over ?? undefined,
  }));
}

/** False when another process has it: it looks after that e-mail. */
export async function beginStaffMail(
  db: Queryable,
  { id, sent }: StaffMail,
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update staff_mail set begun_at = now() where id = $1::bigint and sent = $2 and ended_at is null
       and (begun_at is null or begun_at < now() - $3 * interval '1 ms')`,
    [id, sent, leaseMs],
  );
  return rowCount === 1;
}

/** Surely not sent: it may begin anew. */
export async function giveBackStaffMail(db: Queryable, id: string, error: string): Promise<void> {
  await db.query("update staff_mail set begun_at = null, error = $2 where id = $1::bigint", [
    id,
    error,
  ]);
}

/** One receiver more has it, or never will. */
export async function passStaffMail(
  db: Queryable,
  id: string,
  receivers: number,
  error: string | undefined,
): Promise<void> {
  await db.query(
    `update staff_mail set begun_at = null, sent = sent + 1, error = coalesce($3, error),
       ended_at = case when sent + 1 >= $2 then now() end where id = $1::bigint`,
    [id, receivers, error ?? null],
  );
}

export interface OldestOpen {
  readonly reference: string;
  readonly since: Date;
}

export async function oldestOpen(db: Queryable, store: string): Promise<OldestOpen | undefined> {
  const { rows } = await db.query<{ reference: string; created_at: Date }>(
    `select reference, created_at from orders where store = $1 and state not in ('done', 'cancelled')
     order by created_at limit 1`,
    [store],
  );
  const [row] = rows;
  return row && { reference: row.reference, since: row.created_at };
}
