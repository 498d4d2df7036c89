// What a history costs: the work of one more order, what workers look for again and again, and what people look at.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedgerDatabase } from "../../src/ledger/open-database.ts";
import {
  type Around,
  type Measured,
  measureEngine,
  totalCpuMs,
} from "../engines/measure-engine.ts";
import { median } from "../measure/percentile.ts";
import { fillLedger } from "./fill-ledger.ts";
import { groups, type Look, looks } from "./looks.ts";

export interface Growth {
  /** In the ledger before anything was measured. */
  readonly orders: number;
  readonly looks: readonly { readonly group: string; readonly name: string; readonly ms: number }[];
  /** Ms of processor for one more order, and ms for all looks of a kind. */
  readonly groups: Readonly<Record<string, number>>;
  readonly burst: Measured;
  readonly fillSeconds: number;
}

const asked = 60;

export async function measureGrowth(around: Around, orders: number): Promise<Growth> {
  const databaseUrl = await around.services.freshDatabase("growth");
  const burst = { engine: "ordna-postgres", pace: "burst", profile: "none", databaseUrl } as const;
  await measureEngine(around, { ...burst, run: "first", orders: 1, warmUp: 0 });
  const begunMs = performance.now();
  await fillLedger(databaseUrl, orders);
  const fillSeconds = (performance.now() - begunMs) / 1000;
  const measured = await measureLooks(databaseUrl, orders);
  const more = await measureEngine(around, { ...burst, run: "more", orders: 1000, warmUp: 200 });
  const sums = groups.map((group): [string, number] => [
    group,
    measured.filter((one) => one.group === group).reduce((sum, { ms }) => sum + ms, 0),
  ]);
  return {
    orders,
    looks: measured,
    groups: { claims: totalCpuMs(more), ...Object.fromEntries(sums) },
    burst: more,
    fillSeconds,
  };
}

async function measureLooks(databaseUrl: string, orders: number) {
  const folder = mkdtempSync(join(tmpdir(), "ordna-bench-"));
  const db = await openLedgerDatabase({ databaseUrl, dataFolder: folder, cacheFolder: folder });
  try {
    const measured = [];
    for (const look of looks(db, orders)) measured.push(await measureLook(look));
    return measured;
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Half a minute at most, however slow it has become. */
async function measureLook({ group, name, ask }: Look) {
  const tookMs: number[] = [];
  const endsMs = performance.now() + 30_000;
  // The first ones find nothing in memory and no plan.
  for (let i = -3; i < asked; i++) {
    const from = performance.now();
    await ask(Math.abs(i));
    if (i >= 0) tookMs.push(performance.now() - from);
    if (tookMs.length >= 3 && performance.now() > endsMs) break;
  }
  return { group, name, ms: median(tookMs) };
}
