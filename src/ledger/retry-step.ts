import type { Queryable } from "./database/database.ts";

/**
 * A step that waits for a person, or waits out an outage, becomes due now. One that is in doubt comes back as unknown,
 * never as ready: the look comes first, by hand too.
 */
export async function retryStep(tx: Queryable, reference: string, name: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update step s set
       state = case when s.state <> 'attention' then s.state
         when s.in_doubt then 'unknown' else 'ready' end,
       not_before = case when s.in_doubt or s.looks_first then greatest(s.not_before, now()) else now() end,
       tries = 0, first_failed = null, changed_at = now(),
       -- What was refused never arrived: the order may have been corrected since.
       input_digest = case when s.in_doubt then s.input_digest end
     from run r where r.id = s.run and r.reference = $1 and s.name = $2
       and s.state in ('attention', 'parked', 'ready')`,
    [reference, name],
  );
  return rowCount === 1;
}
