// How an attempt ended, written only under the fence that it was claimed with.
import { toJson } from "../order/json.ts";
import { closeAlerts, insertAlert } from "./alerts.ts";
import { tellChanged } from "./changed.ts";
import type { Database, Queryable } from "./database/database.ts";
import type { Changed, Claim, Ending, OrderRecord, Trouble } from "./ledger.ts";
import { asOrderRecord, type OrderRow } from "./load-order.ts";
import { RecordTaken } from "./record-taken.ts";
import { skipUnbegun } from "./skip-unbegun.ts";
import { storable } from "./storable.ts";

type Done = Extract<Ending, { kind: "done" }>;
type NotDone = Exclude<Ending, Done>;

export interface Finished {
  readonly claim: Claim;
  readonly ending: Done;
  /** As its order was read before. */
  readonly known?: OrderRecord | undefined;
}

interface Recorded extends Changed {
  readonly said: "recorded" | "recorded after trouble" | "lost" | "taken" | "needs care";
}

const lost: Recorded = { said: "lost" };

/** The usual way, many at once (done_steps in the migrations). */
export async function finishDone(
  db: Queryable,
  finished: readonly Finished[],
  withCare = false,
): Promise<Recorded[]> {
  const asked = finished.map(({ claim, ending, known }, at) => {
    const { external, output, via } = ending;
    const { id, isShared } = external;
    const { version } = known ?? {};
    return { at, ...claim, output, via, externalId: storable(id), isShared, version };
  });
  const { rows } = await db.query<{ at: number; said: Recorded["said"]; whole: OrderRow | null }>(
    "select at, said, whole from done_steps($1::jsonb, $2)",
    [toJson(asked), withCare],
  );
  const answers = new Map(rows.map((row) => [row.at, row]));
  return finished.map(({ known }, at) => {
    const { said, whole } = answers.get(at) ?? { said: "lost", whole: null };
    return whole ? { said, order: asOrderRecord(whole, known) } : { said };
  });
}

/** `usualWay` takes what nobody has to be told of; the rest is one transaction of its own. */
export async function finishStep(
  db: Database,
  claim: Claim,
  ending: Ending,
  known: OrderRecord | undefined,
  usualWay: (finished: Finished) => Promise<Recorded>,
): Promise<Changed | undefined> {
  if (ending.kind !== "done") return db.transaction((tx) => closeNotDone(tx, claim, ending));
  const usual = await usualWay({ claim, ending, known });
  const { said, order } =
    usual.said === "needs care"
      ? await db.transaction((tx) => closeWithCare(tx, claim, ending))
      : usual;
  if (said === "taken") throw new RecordTaken(ending.external.id);
  return said === "lost" ? undefined : { order };
}

async function closeWithCare(tx: Queryable, claim: Claim, ending: Done): Promise<Recorded> {
  const { isStopped } = await lockOrder(tx, claim.reference);
  const [{ said } = lost] = await finishDone(tx, [{ claim, ending }], true);
  if (said === "recorded after trouble") await closeAlerts(tx, alertsOf(claim), over(claim));
  if (isStopped && said.startsWith("recorded")) {
    await skipUnbegun(tx, claim.reference);
    await settleOrderState(tx, claim.reference);
  }
  return { said };
}

async function closeNotDone(
  tx: Queryable,
  claim: Claim,
  ending: NotDone,
): Promise<Changed | undefined> {
  const { isStopped } = await lockOrder(tx, claim.reference);
  if (!(await closeAttempt(tx, claim, ending))) return undefined;
  await markNotDone(tx, claim, ending);
  if (isStopped) await skipUnbegun(tx, claim.reference);
  await settleOrderState(tx, claim.reference);
  await tellChanged(tx, claim.reference);
  return {};
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

/** False when the attempt is not ours any more. */
async function closeAttempt(tx: Queryable, claim: Claim, ending: NotDone): Promise<boolean> {
  const { cause, message, status } = ending.trouble;
  const { rowCount } = await tx.query(
    // The step first, then its attempt, as a claim does: else a late outcome and the heir's claim wait for each other.
    `with held as (select run, name from step where run = $1 and name = $2 for update)
     update attempt a set outcome = $4, cause = $5, message = $6, status = $7, ended_at = clock_timestamp()
     from held where a.run = held.run and a.name = held.name and a.fence = $3 and a.outcome is null`,
    [
      claim.run,
      claim.name,
      claim.fence,
      attemptOutcome(ending),
      cause,
      storable(message),
      status ?? null,
    ],
  );
  return rowCount === 1;
}

function attemptOutcome(ending: NotDone): string {
  switch (ending.kind) {
    case "retry":
      return ending.wasAbsent ? "absent" : "refused";
    case "unknown":
      return "unknown";
    case "attention":
      if (ending.isInDoubt) return "unknown";
      return ending.wasAbsent ? "absent" : "rejected";
  }
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

/** Blocked steps whose needs are all met become ready; how many. */
export async function unblockSteps(tx: Queryable, reference: string): Promise<number> {
  const { rows } = await tx.query<{ ready: number }>(
    "select count(*)::integer as ready from unblock_steps(array[$1])",
    [reference],
  );
  return rows[0]?.ready ?? 0;
}

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

/** The order's state as its steps say it. */
export async function settleOrderState(tx: Queryable, reference: string): Promise<void> {
  await tx.query("select settle_orders(array[$1])", [reference]);
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
