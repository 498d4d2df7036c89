// A person asks what was paid and never came in, and may have it entered.
import type { PaidQuery } from "../connector-kit/roles.ts";
import type { ReconcilerLedger } from "../ledger/reconciler-ledger.ts";
import { comparePaid, type Finding } from "./compare-paid.ts";
import type { World } from "./world.ts";

export interface BackfillWish extends PaidQuery {
  readonly isEntering: boolean;
}

/** Compares one period in every store. */
export async function backfill(
  world: World,
  ledger: ReconcilerLedger,
  { isEntering, ...query }: BackfillWish,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const store of world.stores.values()) {
    findings.push(...(await comparePaid({ world, ledger, store, isEntering }, query)));
  }
  return findings;
}
