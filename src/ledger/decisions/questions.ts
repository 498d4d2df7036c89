// What customers were asked. A question is open until it is answered, its time is over, another one follows, or the
// order goes on without it.
import type { Queryable } from "../database/database.ts";

export interface NewQuestion {
  /** Of the change that sends it. */
  readonly key: string;
  readonly reference: string;
  readonly tokenHash: string;
  readonly fields: readonly string[];
  /** Those that wait for the answer. */
  readonly steps: readonly string[];
  readonly expiresAt: Date;
}

export interface Question {
  readonly key: string;
  readonly reference: string;
  readonly fields: readonly string[];
  readonly state: "open" | "just-answered" | "void";
}

export interface LastQuestion {
  readonly askedAt: Date;
  readonly askedMsAgo: number;
  readonly expiresAt: Date;
}

export async function recordQuestion(tx: Queryable, question: NewQuestion): Promise<void> {
  const { key, reference, tokenHash, fields, steps, expiresAt } = question;
  await tx.query(
    `insert into question (key, reference, token_hash, fields, steps, asked_at, expires_at)
     values ($1, $2, $3, $4, $5, clock_timestamp(), $6)`,
    [key, reference, tokenHash, fields, steps, expiresAt],
  );
}

/** In the database's time, by which it also ends. */
export async function timeIn(tx: Queryable, days: number): Promise<Date> {
  const { rows } = await tx.query<{ at: Date }>(
    "select date_trunc('milliseconds', clock_timestamp() + $1 * interval '1 day') as at",
    [days],
  );
  const [row] = rows;
  if (!row) throw new Error("The database knows no time.");
  return row.at;
}

const isOpen = `q.answered_at is null and q.expires_at > clock_timestamp()
  and o.stopped_at is null and o.forgotten_at is null
  and not exists (select 1 from question n where n.reference = q.reference and n.asked_at > q.asked_at)
  and exists (select 1 from step s join run r on r.id = s.run
    where r.reference = q.reference and s.name = any(q.steps) and s.state = 'attention')`;

export async function findQuestion(
  db: Queryable,
  tokenHash: string,
): Promise<Question | undefined> {
  const { rows } = await db.query<Question>(
    `select q.key, q.reference, q.fields, case when ${isOpen} then 'open'
       when q.answered_at > clock_timestamp() - interval '10 minutes' then 'just-answered' else 'void' end as state
     from question q join orders o on o.reference = q.reference where q.token_hash = $1`,
    [tokenHash],
  );
  return rows[0];
}

/** False when it is not open any more: whoever asks holds the order's lock. */
export async function closeQuestion(tx: Queryable, key: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update question q set answered_at = clock_timestamp()
     from orders o where o.reference = q.reference and q.key = $1 and ${isOpen}`,
    [key],
  );
  return rowCount === 1;
}

export async function lastQuestion(
  db: Queryable,
  reference: string,
): Promise<LastQuestion | undefined> {
  const { rows } = await db.query<{ asked_at: Date; ms_ago: string; expires_at: Date }>(
    `select asked_at, expires_at, extract(epoch from clock_timestamp() - asked_at) * 1000 as ms_ago
     from question where reference = $1 order by asked_at desc limit 1`,
    [reference],
  );
  const [row] = rows;
  if (!row) return undefined;
  return { askedAt: row.asked_at, askedMsAgo: Number(row.ms_ago), expiresAt: row.expires_at };
}
