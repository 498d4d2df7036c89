// The original facts stay; each amendment is a row, and what steps see is both together.
import { toJson } from "../../order/json.ts";
import type { Order } from "../../order/order.ts";
import type { Queryable } from "../database/database.ts";

export interface Amended {
  readonly field: string;
  readonly before: string | number | null;
  readonly after: string | number | null;
}

export interface Amendment extends Amended {
  readonly decision: number;
  readonly actor: string;
  readonly at: string;
}

export async function keepAmended(tx: Queryable, order: Order): Promise<void> {
  await tx.query("update orders set amended = $2::jsonb, changed_at = now() where reference = $1", [
    order.reference,
    toJson(order),
  ]);
}

/** The rows; after the decision, whose number they carry. */
export async function recordAmendments(
  tx: Queryable,
  reference: string,
  decision: number,
  amended: readonly Amended[],
): Promise<void> {
  await tx.query(
    `insert into amendment (reference, decision, field, before, after)
     select $1, $2, a.field, a.before, a.after
     from jsonb_to_recordset($3::jsonb) as a(field text, before jsonb, after jsonb)`,
    [reference, decision, toJson(amended)],
  );
}

/**
 * What has not happened yet is done with the new facts: the one door through which a step's input may change. What is
 * in doubt or running keeps the input that was sent.
 */
export async function acceptNewInput(tx: Queryable, reference: string): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `update step s set input_digest = null, tries = 0, first_failed = null, changed_at = now(),
       state = case when s.state = 'attention' then 'ready' else s.state end,
       not_before = case when s.looks_first then s.not_before when s.state = 'blocked' then s.not_before else now() end
     from run r where r.id = s.run and r.reference = $1 and s.state in ('ready', 'parked', 'attention')
       and not s.in_doubt returning s.name`,
    [reference],
  );
  return rows.map(({ name }) => name);
}

export async function listAmendments(db: Queryable, reference: string): Promise<Amendment[]> {
  const { rows } = await db.query<Omit<Amendment, "at"> & { decided_at: Date }>(
    `select a.decision, a.field, a.before, a.after, d.actor, d.decided_at
     from amendment a join decision d on d.number = a.decision
     where a.reference = $1 order by a.decision, a.field`,
    [reference],
  );
  return rows.map(({ decided_at, ...row }) => ({ ...row, at: decided_at.toISOString() }));
}
