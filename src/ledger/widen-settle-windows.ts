import type { Database } from "./database/database.ts";
import { runsUnderWay } from "./runs-under-way.ts";

export interface SettleWindow {
  readonly account: string;
  readonly settleMs: number;
}

/**
 * An open step has the settle window of the day on which its order came in. Where the configuration says a longer one by
 * now, that holds; a shorter one does not, since it may be a mistake and what was sent keeps its time.
 */
export async function widenSettleWindows(
  db: Database,
  windows: readonly SettleWindow[],
): Promise<number> {
  const { rowCount } = await db.query(
    `update step set settle_ms = wanted."settleMs"
     from jsonb_to_recordset($1::jsonb) as wanted(account text, "settleMs" integer), (${runsUnderWay}) under_way
     where step.run = under_way.id and step.account = wanted.account and step.settle_ms < wanted."settleMs"
       and step.state not in ('done', 'skipped')`,
    [JSON.stringify(windows)],
  );
  return rowCount;
}
