import { changedChannel } from "./changed.ts";
import type { Database } from "./database/database.ts";
import { abandonAttempt } from "./finish-step.ts";
import type { Claim, ClaimRequest } from "./ledger.ts";

interface ClaimedRow {
  fence: string | number;
  is_repeat: boolean;
  tries: number;
}

/**
 * Takes the step under a new fence and writes "attempt begun", in one transaction. Undefined when it is not to be had:
 * not due, owned by somebody alive, or its input is not the one that was sent before.
 */
export async function claimStep(db: Database, request: ClaimRequest): Promise<Claim | undefined> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<ClaimedRow>(
      `with old as (
         select run, name, state, in_doubt, looks_first from step where run = $1 and name = $2
           and (input_digest is null or input_digest = $5)
           and not (is_held and state in ('ready', 'parked'))
           and ((state in ('ready', 'unknown', 'parked') and not_before <= now())
             or (state = 'running' and lease_until + settle_ms * interval '1 ms' <= now()))
         for update)
       update step set state = 'running', fence = step.fence + 1, lease_owner = $3,
         lease_until = now() + $4 * interval '1 ms', input_digest = $5, changed_at = now(),
         first_failed = case when old.state = 'running' then coalesce(first_failed, step.changed_at)
           else first_failed end,
         in_doubt = old.in_doubt or old.looks_first or old.state = 'running', looks_first = false
       from old where step.run = old.run and step.name = old.name
       returning step.fence, step.in_doubt as is_repeat, step.tries`,
      [request.run, request.name, request.owner, request.leaseMs, request.inputDigest],
    );
    const row = rows[0];
    if (!row) return undefined;
    const fence = Number(row.fence);
    await abandonAttempt(tx, request.run, request.name);
    await tx.query(
      `insert into attempt (run, name, fence, owner, is_repeat) values ($1, $2, $3, $4, $5)
       returning pg_notify($6, $7)`,
      [
        request.run,
        request.name,
        fence,
        request.owner,
        row.is_repeat,
        changedChannel,
        request.reference,
      ],
    );
    const { reference, run, name } = request;
    return { reference, run, name, fence, isRepeat: row.is_repeat, tries: row.tries };
  });
}
