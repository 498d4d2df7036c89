// A person asks what was paid and never came in, and may have it entered.
import type { PaidQuery } from "../connector-kit/roles.ts";
import type { ReconcilerLedger } from "../ledger/reconciler-ledger.ts";
import { comparePaid, type Finding } from "./compare-paid.ts";
import { type LeaveOut, refuseNeeded } from "./leave-out.ts";
import type { World } from "./world.ts";

export interface BackfillWish extends PaidQuery {
  readonly isEntering: boolean;
  readonly leaveOut?: LeaveOut | undefined;
}

/** Compares one period in every store. Rejects with CannotLeaveOut before anything is looked at. */
export async function backfill(
  world: World,
  ledger: ReconcilerLedger,
  { isEntering, leaveOut, ...query }: BackfillWish,
): Promise<Finding[]> {
  if (leaveOut) refuseNeeded(world.stores.values(), leaveOut);
  const findings: Finding[] = [];
  for (const store of world.stores.values()) {
    findings.push(...(await comparePaid({ world, ledger, store, isEntering, leaveOut }, query)));
  }
  return findings;
}
