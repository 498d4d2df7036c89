// What a person saw or did at the provider is written down as an attempt of its own, under a fence of its own.
import { toJson } from "../../order/json.ts";
import type { Queryable } from "../database/database.ts";
import { unblockSteps } from "../finish-step.ts";
import { storable } from "../storable.ts";
import { DecisionRefused } from "./decide.ts";
import type { StepAtHand } from "./step-at-hand.ts";

interface Record {
  readonly id: string;
  readonly isShared?: boolean | undefined;
}

/** The step is done: its record is there. Refused when the record serves another order. */
export async function settleAsDone(
  tx: Queryable,
  reference: string,
  step: StepAtHand,
  actor: string,
  made: { readonly output: unknown; readonly record: Record },
): Promise<void> {
  const fence = await attemptByHand(tx, step, actor, "found");
  const { id, isShared = false } = made.record;
  const { rowCount } = await tx.query(
    `insert into effect (run, name, fence, account, action, external_id, is_shared, via)
     select run, name, $3, account, action, $4, $5, 'by hand' from step where run = $1 and name = $2
     on conflict (account, action, external_id) where not is_shared do nothing`,
    [step.run, step.name, fence, storable(id), isShared],
  );
  if (rowCount === 0) {
    throw new DecisionRefused(
      `${step.provider}'s "${id}" belongs to another order already. Look at the number again.`,
    );
  }
  await tx.query(
    `update step set state = 'done', output = $3::jsonb, in_doubt = false, tries = 0, cause = null, message = null,
       field = null, first_failed = null, changed_at = now() where run = $1 and name = $2`,
    [step.run, step.name, toJson(made.output)],
  );
  await unblockSteps(tx, reference);
}

/** It never happened: the step is tried again, as if for the first time. */
export async function settleAsAbsent(
  tx: Queryable,
  step: StepAtHand,
  actor: string,
): Promise<void> {
  await attemptByHand(tx, step, actor, "absent");
  await tx.query(
    `update step set state = 'ready', in_doubt = false, tries = 0, first_failed = null, input_digest = null,
       not_before = now(), cause = null, message = null, field = null, changed_at = now()
     where run = $1 and name = $2`,
    [step.run, step.name],
  );
}

/** Under the step's lock, so that no worker is at it: it waits for a person, with a fence that no worker has. */
async function attemptByHand(
  tx: Queryable,
  { run, name, inDoubt }: StepAtHand,
  actor: string,
  outcome: "found" | "absent",
): Promise<number> {
  const { rows } = await tx.query<{ fence: string }>(
    `update step set state = 'attention', fence = fence + 1, in_doubt = $3, looks_first = false,
       cause = coalesce(cause, 'result.unknown'), changed_at = now()
     where run = $1 and name = $2 returning fence::text as fence`,
    [run, name, inDoubt],
  );
  const fence = Number(rows[0]?.fence);
  await tx.query(
    `insert into attempt (run, name, fence, owner, is_repeat, ended_at, outcome)
     values ($1, $2, $3, $4, $5, clock_timestamp(), $6)`,
    [run, name, fence, storable(actor), inDoubt, outcome],
  );
  return fence;
}
