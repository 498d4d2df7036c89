import type { Queryable } from "./database/database.ts";
import type { Claim, ClaimRequest } from "./ledger.ts";

interface ClaimedRow {
  at: number;
  fence: string | number;
  is_repeat: boolean;
  tries: number;
}

/**
 * Takes each step under a new fence and writes "attempt begun" (claim_steps in the migrations). Undefined where it is not
 * to be had: not due, owned by somebody alive, or its input is not the one that was sent before.
 */
export async function claimSteps(
  db: Queryable,
  requests: readonly ClaimRequest[],
): Promise<(Claim | undefined)[]> {
  const { rows } = await db.query<ClaimedRow>(
    "select at, fence, is_repeat, tries from claim_steps($1::jsonb)",
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
