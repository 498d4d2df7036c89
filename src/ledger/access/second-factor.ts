// The second factor of a log-in: codes by time, and codes for the day the telephone is lost.
import type { Queryable } from "../database/database.ts";

export async function proposeTotp(tx: Queryable, person: number, secret: string): Promise<void> {
  await tx.query(
    "update person set totp_secret = $2, totp_step = 0 where id = $1 and totp_since is null",
    [person, secret],
  );
}

export async function proposedTotp(db: Queryable, person: number): Promise<string | undefined> {
  const { rows } = await db.query<{ totp_secret: string | null }>(
    "select totp_secret from person where id = $1 and totp_since is null",
    [person],
  );
  return rows[0]?.totp_secret ?? undefined;
}

export async function confirmTotp(
  tx: Queryable,
  person: number,
  codeHashes: readonly string[],
): Promise<void> {
  await tx.query("update person set totp_since = now() where id = $1", [person]);
  await tx.query("delete from recovery_code where person = $1", [person]);
  await tx.query("insert into recovery_code (hash, person) select unnest($2::text[]), $1", [
    person,
    codeHashes,
  ]);
}

export async function dropTotp(tx: Queryable, person: number): Promise<void> {
  await tx.query(
    "update person set totp_secret = null, totp_since = null, totp_step = 0 where id = $1",
    [person],
  );
  await tx.query("delete from recovery_code where person = $1", [person]);
}

/** False when a code of this time step, or of a later one, was accepted before. */
export async function takeTotpStep(tx: Queryable, person: number, step: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update person set totp_step = $2 where id = $1 and totp_step < $2",
    [person, step],
  );
  return rowCount === 1;
}

export async function takeRecoveryCode(
  tx: Queryable,
  person: number,
  hash: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update recovery_code set used_at = now() where hash = $2 and person = $1 and used_at is null",
    [person, hash],
  );
  return rowCount === 1;
}
