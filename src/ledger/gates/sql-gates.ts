import type { Signal } from "../../gate/breaker.ts";
import type { Database } from "../database/database.ts";
import { sqlGateTable } from "./gate-table.ts";
import type { Gates, GateTable } from "./gates.ts";
import { goodCalls } from "./good-calls.ts";
import { enterGate, leaveGate, probeSoon, takeSlot, tendGate } from "./turn.ts";

export function sqlGates(db: Database): Gates {
  const good = goodCalls(() => performance.now());
  const turn = <T>(work: (table: GateTable) => Promise<T>) =>
    db.transaction((tx) => work(sqlGateTable(tx)));
  const before = (account: string, signal: Signal | undefined) =>
    signal?.kind === "bad" ? good.take(account) : 0;
  return {
    enter: (entrant) => turn((table) => enterGate(table, entrant)),
    leave: (pass, signal) =>
      turn((table) => leaveGate(table, pass, signal, before(pass.account, signal))),
    async hear(account, limits, signal) {
      if (signal.kind === "good") good.add(account);
      else
        await turn((table) =>
          leaveGate(table, { account, limits }, signal, before(account, signal)),
        );
    },
    async isMinded(account) {
      const { rows } = await db.query(
        "select 1 from account where name = $1 and minded_until > now()",
        [account],
      );
      return rows.length > 0;
    },
    takeSlot: (pass, unused) => turn((table) => takeSlot(table, pass, unused)),
    tend: (account, limits) => turn((table) => tendGate(table, account, limits)),
    async probeSoon(account) {
      const names = account === undefined ? await illAccounts(db) : [account];
      for (const name of names) await turn((table) => probeSoon(table, name));
    },
  };
}

async function illAccounts(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    "select name from account where gate -> 'breaker' ->> 'state' <> 'closed' order by name",
  );
  return rows.map(({ name }) => name);
}
