import type { Database } from "../database/database.ts";
import { sqlGateTable } from "./gate-table.ts";
import type { Gates } from "./gates.ts";
import { gatesOver } from "./gates-over.ts";

export function sqlGates(db: Database): Gates {
  return gatesOver({
    turn: (work) => db.transaction((tx) => work(sqlGateTable(tx))),
    nowMs: () => performance.now(),
    async isMinded(account) {
      const { rows } = await db.query(
        "select 1 from account where name = $1 and minded_until > now()",
        [account],
      );
      return rows.length > 0;
    },
    async illAccounts() {
      const { rows } = await db.query<{ name: string }>(
        "select name from account where gate -> 'breaker' ->> 'state' <> 'closed' order by name",
      );
      return rows.map(({ name }) => name);
    },
  });
}
