import type { Queryable } from "./database/database.ts";
import type { Claim, ClaimRequest } from "./ledger.ts";

interface ClaimedRow {
  at: number;
  fence: string | number;
  is_repeat: boolean;
  tries: number;
}

/**
 * Takes each step under a new fence and writes "attempt begun" (claim_step in the migrations). Undefined where it is not
 * to be had: not due, owned by somebody alive, or its input is not the one that was sent before.
 */
export async function claimSteps(
  db: Queryable,
  requests: readonly ClaimRequest[],
): Promise<(Claim | undefined)[]> {
  const { rows } = await db.query<ClaimedRow>(
    // In one order, whoever asks: else two that claim the same steps could wait for each other.
    `select a.at, c.fence, c.is_repeat, c.tries
     from (select * from jsonb_to_recordset($1::jsonb) as r(at integer, reference text, run text, name text, owner text,
       "leaseMs" bigint, "inputDigest" text) order by reference, name) a,
     lateral claim_step(a.reference, a.run, a.name, a.owner, a."leaseMs", a."inputDigest") c
     where c.fence is not null`,
    [JSON.stringify(requests.map((request, at) => ({ ...request, at })))],
  );
  const claimed = new Map(rows.map((row) => [row.at, row]));
  return requests.map(({ reference, run, name }, at) => {
    const row = claimed.get(at);
    if (!row) return undefined;
    const { is_repeat: isRepeat, tries } = row;
    return { reference, run, name, fence: Number(row.fence), isRepeat, tries };
  });
}
