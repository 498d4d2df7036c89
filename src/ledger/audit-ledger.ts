// What the audit asks of the ledger beside what everybody does.
import type { Database } from "./database/database.ts";
import { recall, remember } from "./installation.ts";

/** An effect whose step was in doubt at least once: an attempt at it may have had its effect unseen. */
export interface DoubtfulEffect {
  readonly store: string;
  readonly reference: string;
  readonly run: string;
  readonly step: string;
  readonly account: string;
  /** The foreign record that the ledger knows. */
  readonly externalId: string;
  /** Since it was recorded. */
  readonly ageMs: number;
}

/** Where a page ended. */
export type AuditPlace = Pick<DoubtfulEffect, "run" | "step">;

export interface AuditLedger {
  /** Those whose doubt arose within the last so many ms; a page of them, in one order for all pages. */
  doubtfulEffects(withinMs: number, after: AuditPlace | undefined): Promise<DoubtfulEffect[]>;
  recall(name: string): Promise<string | undefined>;
  remember(name: string, value: string): Promise<void>;
}

export const auditPageSize = 20;

export function sqlAuditLedger(db: Database): AuditLedger {
  return {
    doubtfulEffects: (withinMs, after) => doubtfulEffects(db, withinMs, after),
    recall: (name) => recall(db, name),
    remember: (name, value) => remember(db, name, value),
  };
}

interface Row {
  store: string;
  reference: string;
  run: string;
  step: string;
  account: string;
  external_id: string;
  age_ms: string | number;
}

async function doubtfulEffects(
  db: Database,
  withinMs: number,
  after: AuditPlace | undefined,
): Promise<DoubtfulEffect[]> {
  const { rows } = await db.query<Row>(
    `with doubtful as (
       select distinct run, name from attempt
       where outcome in ('unknown', 'abandoned') and ended_at > now() - $1 * interval '1 ms'
         and ($2::text is null or (run, name) > ($2, $3)))
     select o.store, o.reference, e.run, e.name as step, e.account, e.external_id,
       extract(epoch from now() - e.recorded_at) * 1000 as age_ms
     from doubtful d
     join effect e on e.run = d.run and e.name = d.name
     join run r on r.id = e.run
     join orders o on o.reference = r.reference
     order by e.run, e.name limit $4`,
    [withinMs, after?.run ?? null, after?.step ?? null, auditPageSize],
  );
  return rows.map(({ external_id, age_ms, ...row }) => ({
    ...row,
    externalId: external_id,
    ageMs: Number(age_ms),
  }));
}
