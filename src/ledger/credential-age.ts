// Since when each provider account is called with its present keys: known from the first start with them.
import type { Database } from "./database/database.ts";

export interface Credential {
  readonly account: string;
  /** A digest of all its keys: another one is another set of keys. */
  readonly fingerprint: string;
}

/** By account. */
export async function noteCredentials(
  db: Database,
  credentials: readonly Credential[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await db.query<{ account: string; since: Date }>(
    `insert into credential as c (account, fingerprint)
       select * from unnest($1::text[], $2::text[])
     on conflict (account) do update set fingerprint = excluded.fingerprint,
       since = case when c.fingerprint = excluded.fingerprint then c.since else now() end
     returning account, since`,
    [credentials.map(({ account }) => account), credentials.map((one) => one.fingerprint)],
  );
  return new Map(rows.map(({ account, since }) => [account, since]));
}
