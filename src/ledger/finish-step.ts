// How an attempt ended, written only under the fence that it was claimed with.
import { toJson } from "../order/json.ts";
import { closeAlerts, insertAlert } from "./alerts.ts";
import { tellChanged } from "./changed.ts";
import type { Database, Queryable } from "./database/database.ts";
import type { Claim, Ending, Trouble } from "./ledger.ts";
import { RecordTaken } from "./record-taken.ts";
import { skipUnbegun } from "./skip-unbegun.ts";
import { storable } from "./storable.ts";

export async function finishStep(db: Database, claim: Claim, ending: Ending): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { isStopped } = await lockOrder(tx, claim.reference);
    const closed = await closeAttempt(tx, claim, ending);
    if (!closed) return false;
    if (ending.kind === "done") await markDone(tx, claim, ending);
    else await markNotDone(tx, claim, ending);
    if (ending.kind === "done" && closed.wasInTrouble) {
      await closeAlerts(tx, alertsOf(claim), over(claim));
    }
    if (isStopped) await skipUnbegun(tx, claim.reference);
    await settleOrderState(tx, claim.reference);
    await tellChanged(tx, claim.reference);
    return true;
  });
}

/** The order row first, always: siblings that finish together take turns and see each other. */
export async function lockOrder(
  tx: Queryable,
  reference: string,
): Promise<{ readonly isStopped: boolean }> {
  const { rows } = await tx.query<{ is_stopped: boolean }>(
    "select stopped_at is not null as is_stopped from orders where reference = $1 for update",
    [reference],
  );
  return { isStopped: rows[0]?.is_stopped === true };
}

/** Undefined when the attempt is not ours any more. */
async function closeAttempt(
  tx: Queryable,
  claim: Claim,
  ending: Ending,
): Promise<{ readonly wasInTrouble: boolean } | undefined> {
  const trouble = ending.kind === "done" ? undefined : ending.trouble;
  const { rows } = await tx.query<{ was_in_trouble: boolean }>(
    // The step first, then its attempt, as a claim does: else a late outcome and the heir's claim wait for each other.
    `with held as (select run, name, cause from step where run = $1 and name = $2 for update)
     update attempt a set outcome = $4, cause = $5, message = $6, status = $7, ended_at = clock_timestamp()
     from held where a.run = held.run and a.name = held.name and a.fence = $3 and a.outcome is null
     returning held.cause is not null as was_in_trouble`,
    [
      claim.run,
      claim.name,
      claim.fence,
      attemptOutcome(ending),
      trouble?.cause ?? null,
      trouble ? storable(trouble.message) : null,
      trouble?.status ?? null,
    ],
  );
  return rows[0] && { wasInTrouble: rows[0].was_in_trouble };
}

function attemptOutcome(ending: Ending): string {
  switch (ending.kind) {
    case "done":
      return ending.via === "look-up" ? "found" : "succeeded";
    case "retry":
      return ending.wasAbsent ? "absent" : "refused";
    case "unknown":
      return "unknown";
    case "attention":
      if (ending.isInDoubt) return "unknown";
      return ending.wasAbsent ? "absent" : "rejected";
  }
}

type Done = Extract<Ending, { kind: "done" }>;

async function markDone(tx: Queryable, claim: Claim, ending: Done): Promise<void> {
  const { rowCount } = await tx.query(
    `insert into effect (run, name, fence, account, action, external_id, is_shared, via)
     select s.run, s.name, $3, s.account, s.action, $4, $5 or exists (
         -- What was amended is changed where it is: the order's own record, once more.
         select 1 from run r join run before on before.reference = r.reference
           join effect e on e.run = before.id and e.name = s.definition
         where r.id = s.run and r.trigger = 'amended' and e.account = s.account and e.action = s.action
           and e.external_id = $4), $6
     from step s where s.run = $1 and s.name = $2
     on conflict (account, action, external_id) where not is_shared do nothing`,
    [
      claim.run,
      claim.name,
      claim.fence,
      storable(ending.external.id),
      ending.external.isShared,
      ending.via,
    ],
  );
  if (rowCount === 0) throw new RecordTaken(ending.external.id);
  await tx.query(
    `update step set state = 'done', output = $4::jsonb, in_doubt = false, tries = 0, cause = null,
       message = null, field = null, first_failed = null, lease_owner = null, lease_until = null,
       changed_at = now()
     where run = $1 and name = $2 and fence = $3`,
    [claim.run, claim.name, claim.fence, toJson(ending.output)],
  );
  await unblockSteps(tx, claim.reference);
}

/** What may have been raised for a step before this claim. */
export function alertsOf({ run, name, fence }: Pick<Claim, "run" | "name" | "fence">): string[] {
  const claims = Array.from({ length: Math.min(fence - 1, 100) }, (_, back) => fence - 1 - back);
  return [`refused:${run}:${name}`, ...claims.map((earlier) => `step:${run}:${name}:${earlier}`)];
}

export const over = ({ name }: Pick<Claim, "name">) => ({
  title: `Nobody is needed any more: ${name} is done`,
  lines: [],
});

/** Blocked steps whose needs are all met become ready. */
export async function unblockSteps(tx: Queryable, reference: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update step s set state = 'ready', not_before = greatest(s.not_before, now()), changed_at = now()
     from run r where r.id = s.run and r.reference = $1 and s.state = 'blocked' and not exists (
       select 1 from step n where n.run = s.run and n.name = any (s.needs)
         and n.state not in ('done', 'skipped'))`,
    [reference],
  );
  return rowCount;
}

type NotDone = Exclude<Ending, Done>;

async function markNotDone(tx: Queryable, claim: Claim, ending: NotDone): Promise<void> {
  const { delayMs = 0 } = ending;
  const wasAbsent = ending.kind !== "unknown" && ending.wasAbsent;
  const addsDoubt = ending.kind === "unknown" || (ending.kind === "attention" && ending.isInDoubt);
  const { cause, message, field } = ending.trouble;
  // A step in doubt stays unknown until a look clears it; it never comes back as ready.
  await tx.query(
    `update step set
       in_doubt = $4 or (in_doubt and not $5),
       state = case when $6 = 'attention' then 'attention'
         when $4 or (in_doubt and not $5) then 'unknown' when $7 then 'parked' else 'ready' end,
       tries = tries + 1, not_before = now() + $8 * interval '1 ms', cause = $9, message = $10, field = $11,
       first_failed = coalesce(first_failed, now()), lease_owner = null, lease_until = null, changed_at = now()
     where run = $1 and name = $2 and fence = $3`,
    [
      claim.run,
      claim.name,
      claim.fence,
      addsDoubt,
      wasAbsent,
      ending.kind,
      ending.kind === "retry" && ending.isParked,
      delayMs,
      cause,
      storable(message),
      field ?? null,
    ],
  );
  if (ending.kind === "attention") {
    const dedupe = `step:${claim.run}:${claim.name}:${claim.fence}`;
    await insertAlert(tx, dedupe, ending.store, claim.reference, ending.alert);
  }
}

export async function settleOrderState(tx: Queryable, reference: string): Promise<void> {
  await tx.query(
    `update orders o set state = n.state, changed_at = now(),
       done_at = case when n.state = 'done' then now() end
     from (select case when bool_or(s.state = 'attention') then 'attention'
         when bool_and(s.state in ('done', 'skipped')) is not true then 'open'
         -- Stopped after its last step was begun, it was carried out all the same.
         when bool_or(w.stopped_at is not null and s.state = 'skipped') then 'cancelled' else 'done' end as state
       from step s join run r on r.id = s.run join orders w on w.reference = r.reference
       where r.reference = $1) n
     where o.reference = $1 and o.state not in ('cancelled', n.state)`,
    [reference],
  );
}

/** Closes the attempt of an owner that vanished: whoever takes its step over. */
export async function abandonAttempt(tx: Queryable, run: string, name: string): Promise<void> {
  await tx.query(
    `update attempt set outcome = 'abandoned', ended_at = clock_timestamp()
     where run = $1 and name = $2 and outcome is null`,
    [run, name],
  );
}

/** A step that cannot even begin (its input cannot be made, or changed after it was sent), or not again. */
export async function refuseStep(
  tx: Queryable,
  run: string,
  name: string,
  trouble: Trouble,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update step set state = 'attention', cause = $3, message = $4, field = $5, changed_at = now(),
       in_doubt = in_doubt or state = 'running', lease_owner = null, lease_until = null
     where run = $1 and name = $2 and (state in ('ready', 'unknown', 'parked')
       or (state = 'running' and lease_until + settle_ms * interval '1 ms' <= now()))`,
    [run, name, trouble.cause, storable(trouble.message), trouble.field ?? null],
  );
  if (rowCount === 0) return false;
  await abandonAttempt(tx, run, name);
  return true;
}
