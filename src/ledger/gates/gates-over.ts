// The gates over whatever keeps them: the same turns over SQL and in memory.
import type { Signal } from "../../gate/breaker.ts";
import type { Gates, GateTable } from "./gates.ts";
import { goodCalls } from "./good-calls.ts";
import { endOutage, enterGate, leaveGate, probeSoon, takeSlot, tendGate } from "./turn.ts";

export interface GateKeeping {
  /** Gives the work a turn: whatever happens in it happens at once for everybody else. */
  turn<T>(work: (table: GateTable) => Promise<T>): Promise<T>;
  isMinded(account: string): Promise<boolean>;
  /** Accounts whose breaker is not closed. */
  illAccounts(): Promise<readonly string[]>;
  /** Any clock of this process, ms. */
  nowMs(): number;
}

export function gatesOver({ turn, isMinded, illAccounts, nowMs }: GateKeeping): Gates {
  const good = goodCalls(nowMs);
  const goodBefore = (account: string, signal: Signal | undefined) =>
    signal?.kind === "bad" ? good.take(account) : 0;
  return {
    isMinded,
    enter: (entrant) => turn((table) => enterGate(table, entrant)),
    leave: (pass, signal) =>
      turn((table) => leaveGate(table, pass, signal, goodBefore(pass.account, signal))),
    async hear(account, limits, signal) {
      if (signal.kind === "good") return good.add(account);
      const before = goodBefore(account, signal);
      await turn((table) => leaveGate(table, { account, limits }, signal, before));
    },
    takeSlot: (pass, unused) => turn((table) => takeSlot(table, pass, unused)),
    tend: (account, limits) => turn((table) => tendGate(table, account, limits)),
    endOutage: (account, outage) => turn((table) => endOutage(table, account, outage)),
    async probeSoon(account) {
      const names = account === undefined ? await illAccounts() : [account];
      for (const name of names) await turn((table) => probeSoon(table, name));
    },
  };
}
