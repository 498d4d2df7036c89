// A run that a person asked for: steps of the configuration as changes of their own, with keys of their own.
import type { FactChange } from "../../order/amend-order.ts";
import { toJson } from "../../order/json.ts";
import type { Queryable } from "../database/database.ts";
import type { NewStep } from "../ledger.ts";

export interface NewAgain {
  /** "again", "credit", "return", ... */
  readonly trigger: string;
  /** By their names in the configuration; needs that are not among them are done already. */
  readonly steps: readonly NewStep[];
  /** Facts that hold for this run alone. */
  readonly changes?: readonly FactChange[] | undefined;
}

/** Resolves to the names that its steps got: "confirmation-2" for the second confirmation. */
export async function openAgain(
  tx: Queryable,
  reference: string,
  { trigger, steps, changes }: NewAgain,
): Promise<string[]> {
  const names = await freeNames(tx, reference, steps);
  const nameOf = (definition: string) => names.get(definition);
  const { rows } = await tx.query<{ id: string }>(
    `insert into run (id, reference, trigger, opened_at, changes)
     select $1 || '-' || $2 || '-' || count(*), $1, $2, clock_timestamp(), $3::jsonb from run where reference = $1
     returning id`,
    [reference, trigger, changes ? toJson(changes) : null],
  );
  const news = steps.map((step, position) => ({
    ...step,
    position,
    definition: step.name,
    name: nameOf(step.name),
    needs: step.needs.flatMap((need) => nameOf(need) ?? []),
  }));
  await tx.query(
    `insert into step (run, name, definition, position, needs, action, provider, account, settle_ms, state, is_held)
     select $1, s.name, s.definition, s.position, array(select jsonb_array_elements_text(s.needs)), s.action,
       s.provider, s.account, s."settleMs",
       case when jsonb_array_length(s.needs) = 0 then 'ready' else 'blocked' end, o.held_at is not null
     from orders o, jsonb_to_recordset($2::jsonb) as s(name text, definition text, position integer, needs jsonb,
       action text, provider text, account text, "settleMs" integer)
     where o.reference = $3`,
    [rows[0]?.id ?? "", toJson(news), reference],
  );
  return news.flatMap(({ name }) => name ?? []);
}

/** A name is a part of the key that a provider knows the change by: no two changes of an order share one. */
async function freeNames(tx: Queryable, reference: string, steps: readonly NewStep[]) {
  const { rows } = await tx.query<{ definition: string; n: number }>(
    `select coalesce(s.definition, s.name) as definition, count(*)::integer as n
     from step s join run r on r.id = s.run where r.reference = $1 group by 1`,
    [reference],
  );
  const counts = new Map(rows.map(({ definition, n }) => [definition, n]));
  return new Map(
    steps.map(({ name }) => {
      const n = counts.get(name) ?? 0;
      return [name, n === 0 ? name : `${name}-${n + 1}`];
    }),
  );
}
