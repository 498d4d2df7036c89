// Sessions: known by the SHA-256 of what the cookie holds.
import type { Queryable } from "../database/database.ts";
import { asPerson, type Person, personColumns } from "./people.ts";

export interface Session {
  readonly person: Person;
  readonly isRevealing: boolean;
}

const idle = "12 hours";
const longest = "7 days";

export async function beginSession(tx: Queryable, hash: string, person: number): Promise<void> {
  await tx.query("delete from session where ends_at < now() or used_at < now() - $1::interval", [
    idle,
  ]);
  await tx.query(
    "insert into session (hash, person, ends_at) values ($1, $2, now() + $3::interval)",
    [hash, person, longest],
  );
}

export async function findSession(db: Queryable, hash: string): Promise<Session | undefined> {
  const { rows } = await db.query<
    Parameters<typeof asPerson>[0] & { is_revealing: boolean; is_stale: boolean }
  >(
    `select ${personColumns}, coalesce(s.revealed_until > now(), false) as is_revealing,
       s.used_at < now() - interval '1 minute' as is_stale
     from session s join person p on p.id = s.person
     where s.hash = $1 and s.ends_at > now() and s.used_at > now() - $2::interval and p.disabled_at is null`,
    [hash, idle],
  );
  const [row] = rows;
  if (!row) return undefined;
  // To the minute is enough, and spares a write for each request.
  if (row.is_stale) await db.query("update session set used_at = now() where hash = $1", [hash]);
  return { person: asPerson(row), isRevealing: row.is_revealing };
}

export async function endSession(tx: Queryable, hash: string): Promise<void> {
  await tx.query("delete from session where hash = $1", [hash]);
}

/** All others: after a new password or a new second factor. */
export async function endOtherSessions(
  tx: Queryable,
  person: number,
  hash: string | undefined,
): Promise<void> {
  await tx.query("delete from session where person = $1 and hash <> $2", [person, hash ?? ""]);
}

export async function revealFor(tx: Queryable, hash: string, minutes: number): Promise<void> {
  await tx.query(
    "update session set revealed_until = now() + $2 * interval '1 minute' where hash = $1",
    [hash, minutes],
  );
}

export interface SessionGlance {
  /** Names it, and opens nothing. */
  readonly id: string;
  readonly begunAt: string;
  readonly usedAt: string;
  readonly endsAt: string;
  readonly isThis: boolean;
}

const idLength = 16;

/** Those that are open, the present one first. */
export async function listSessions(
  db: Queryable,
  person: number,
  hash: string | undefined,
): Promise<SessionGlance[]> {
  const { rows } = await db.query<{
    id: string;
    begun_at: Date;
    used_at: Date;
    ends_at: Date;
    is_this: boolean;
  }>(
    `select left(hash, $4) as id, begun_at, used_at, ends_at, hash = $2 as is_this from session
     where person = $1 and ends_at > now() and used_at > now() - $3::interval
     order by hash = $2 desc, used_at desc`,
    [person, hash ?? "", idle, idLength],
  );
  return rows.map(({ id, begun_at, used_at, ends_at, is_this }) => ({
    id,
    begunAt: begun_at.toISOString(),
    usedAt: used_at.toISOString(),
    endsAt: ends_at.toISOString(),
    isThis: is_this,
  }));
}

/** False when this person has no such session. */
export async function endSessionOf(tx: Queryable, person: number, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "delete from session where person = $1 and left(hash, $3) = $2",
    [person, id, idLength],
  );
  return rowCount > 0;
}
