// What a backup says of its ledger, so that whoever puts it back can see that it is whole.
import { z } from "zod";
import type { Queryable } from "../database/database.ts";

const count = z.int().nonnegative();

export const ledgerFactsSchema = z.object({
  /** ISO date-time by the database's clock. */
  at: z.iso.datetime({ offset: true }),
  /** The newest migration, such as 0018-printed-labels.sql. */
  schema: z.string().max(200),
  server: z.string().max(200),
  events: count,
  orders: count,
  unfinished: count,
  steps: count,
  documents: count,
});
export type LedgerFacts = z.infer<typeof ledgerFactsSchema>;

export async function ledgerFacts(tx: Queryable): Promise<LedgerFacts> {
  const { rows } = await tx.query(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
       (select name from schema_migration order by number desc limit 1) as schema,
       current_setting('server_version') as server,
       (select count(*)::integer from event) as events,
       (select count(*)::integer from orders) as orders,
       (select count(*)::integer from orders where state in ('open', 'attention')) as unfinished,
       (select count(*)::integer from step) as steps,
       (select count(*)::integer from book_document) as documents`,
    [],
  );
  return ledgerFactsSchema.parse(rows[0]);
}

/** What of the two does not agree, in words; empty when all does. */
export function differingFacts(wanted: LedgerFacts, found: LedgerFacts): readonly string[] {
  const names = ["events", "orders", "unfinished", "steps", "documents"] as const;
  return names
    .filter((name) => wanted[name] !== found[name])
    .map((name) => `${name}: ${wanted[name]} in the backup, ${found[name]} in the database`);
}
