// What was decided on an order after somebody last looked at it.
import type { Queryable } from "../database/database.ts";

export interface Meanwhile {
  readonly number: number;
  readonly actor: string;
  readonly what: string;
  readonly at: string;
  /** What was corrected, as it is now. */
  readonly fields: readonly { readonly field: string; readonly now: string | number | null }[];
}

/** Who looks after an order, and what is noted about it, contradicts nobody. */
const harmless = ["order.note", "order.assign", "order.snooze", "personal.look"];

/** The last decision after the one with number `seen`; undefined when there is none that matters. */
export async function meanwhile(
  tx: Queryable,
  reference: string,
  seen: number,
): Promise<Meanwhile | undefined> {
  const { rows } = await tx.query<{
    number: number;
    actor: string;
    what: string;
    decided_at: Date;
    fields: Meanwhile["fields"] | null;
  }>(
    `select d.number, d.actor, d.what, d.decided_at,
       (select jsonb_agg(jsonb_build_object('field', a.field, 'now', a.after) order by a.field)
        from amendment a where a.decision = d.number) as fields
     from decision d where d.reference = $1 and d.number > $2 and d.what <> all ($3::text[])
     order by d.number desc limit 1`,
    [reference, seen, harmless],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { number, actor, what } = row;
  return { number, actor, what, at: row.decided_at.toISOString(), fields: row.fields ?? [] };
}
