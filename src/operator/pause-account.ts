// A person says: nobody calls this provider account for now; and later: they may again.
import { z } from "zod";
import { DecisionRefused, type Made, type Wish } from "../ledger/decisions/decide.ts";
import { knownDecision, recordDecision } from "../ledger/decisions/record-decision.ts";
import { sqlGateTable } from "../ledger/gates/gate-table.ts";
import { pauseGate, resumeGate } from "../ledger/gates/turn.ts";
import type { Desk } from "./desk.ts";

export const pausedAccount = z.object({ account: z.string() });
type PausedAccount = z.infer<typeof pausedAccount>;

interface AccountWish extends Wish {
  readonly account: string;
}

/** What was begun ends; what comes waits in line, in every process, until it is resumed. */
export function pauseAccount(
  desk: Desk,
  wish: AccountWish & { readonly reason: string },
): Promise<Made<PausedAccount>> {
  const { account, reason, actor } = wish;
  return once(desk, wish, "account.pause", async (table) => {
    if (await pauseGate(table, account, { by: actor.name, reason })) return null;
    throw new DecisionRefused("It is paused already.");
  });
}

export function resumeAccount(desk: Desk, wish: AccountWish): Promise<Made<PausedAccount>> {
  return once(desk, wish, "account.resume", async (table) => {
    const paused = await resumeGate(table, wish.account);
    if (paused) return { since: new Date(paused.at).toISOString(), reason: paused.reason };
    throw new DecisionRefused("It is not paused.");
  });
}

/** Under the lock of the account's gate, and in the log. */
function once(
  { db }: Desk,
  { account, ...by }: AccountWish,
  what: string,
  change: (table: ReturnType<typeof sqlGateTable>) => Promise<unknown>,
): Promise<Made<PausedAccount>> {
  const about = { ...by, what, asked: { account } };
  return db.transaction(async (tx) => {
    const table = sqlGateTable(tx);
    await table.load(account);
    const known = await knownDecision(tx, about);
    if (known) {
      return { number: known.number, isRepeat: true, after: pausedAccount.parse(known.after) };
    }
    const before = await change(table);
    const { number } = await recordDecision(tx, { ...about, before, after: { account } });
    return { number, isRepeat: false, after: { account } };
  });
}
