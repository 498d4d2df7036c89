// What people call the failures that no connector foresaw.
import type { Queryable } from "../database/database.ts";

/** Failures that are alike: of one provider, at one step, with one message but for its numbers and names. */
export interface UnknownCause {
  readonly provider: string;
  readonly operation: string;
  readonly fingerprint: string;
}

export async function causeName(tx: Queryable, cause: UnknownCause): Promise<string | undefined> {
  const { rows } = await tx.query<{ name: string }>(
    "select name from cause_name where provider = $1 and operation = $2 and fingerprint = $3",
    [cause.provider, cause.operation, cause.fingerprint],
  );
  return rows[0]?.name;
}

export async function keepCauseName(
  tx: Queryable,
  { provider, operation, fingerprint }: UnknownCause,
  name: string,
  decision: number,
): Promise<void> {
  await tx.query(
    `insert into cause_name (provider, operation, fingerprint, name, decision) values ($1, $2, $3, $4, $5)
     on conflict (provider, operation, fingerprint) do update set name = excluded.name, decision = excluded.decision`,
    [provider, operation, fingerprint, name, decision],
  );
}

/** Whether such a failure is waiting: a name is given to what was seen. */
export async function isCauseAtHand(tx: Queryable, cause: UnknownCause): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from step s where s.cause = 'unknown' and s.state in ('attention', 'ready', 'unknown', 'parked')
       and s.provider = $1 and coalesce(s.definition, s.name) = $2 and message_fingerprint(s.message) = $3 limit 1`,
    [cause.provider, cause.operation, cause.fingerprint],
  );
  return rowCount > 0;
}

/** By step, what a person called the failure that it waits for. */
export async function causeNamesOf(
  db: Queryable,
  reference: string,
): Promise<ReadonlyMap<string, { readonly fingerprint: string; readonly name: string | null }>> {
  const { rows } = await db.query<{ step: string; fingerprint: string; name: string | null }>(
    `select s.name as step, message_fingerprint(s.message) as fingerprint, c.name
     from step s join run r on r.id = s.run left join cause_name c on c.provider = s.provider
       and c.operation = coalesce(s.definition, s.name) and c.fingerprint = message_fingerprint(s.message)
     where r.reference = $1 and s.cause = 'unknown'`,
    [reference],
  );
  return new Map(rows.map(({ step, fingerprint, name }) => [step, { fingerprint, name }]));
}
