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
  readonly looks: readonly MeasuredLook[];
  /** Ms of processor for one more order, and ms for all looks of a kind. */
  readonly groups: Readonly<Record<string, number>>;
  readonly burst: Measured;
  readonly fillSeconds: number;
}

export interface MeasuredLook {
  readonly group: string;
  readonly name: string;
  readonly ms: number;
}

/** A ledger that was filled. */
export interface History {
  readonly orders: number;
  readonly databaseUrl: string;
  readonly fillSeconds: number;
}

const asked = 60;
const oneMore = { engine: "ordna-postgres", pace: "burst", profile: "none" } as const;

export async function fillHistory(around: Around, orders: number): Promise<History> {
  const databaseUrl = await around.services.freshDatabase(`growth_${orders}`);
  await measureEngine(around, { ...oneMore, databaseUrl, run: "first", orders: 1, warmUp: 0 });
  const begunMs = performance.now();
  await fillLedger(databaseUrl, orders);
  return { orders, databaseUrl, fillSeconds: (performance.now() - begunMs) / 1000 };
}

export async function measureLooks({
  databaseUrl,
  orders,
}: History): Promise<readonly MeasuredLook[]> {
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

export function measureMore(around: Around, { databaseUrl }: History): Promise<Measured> {
  return measureEngine(around, { ...oneMore, databaseUrl, run: "more", orders: 1000, warmUp: 200 });
}

/** `rounds`: the looks of each round. */
export function asGrowth(
  { orders, fillSeconds }: History,
  rounds: readonly (readonly MeasuredLook[])[],
  burst: Measured,
): Growth {
  const measured = (rounds[0] ?? []).map((look, i) => ({
    ...look,
    ms: median(rounds.map((round) => round[i]?.ms ?? Number.NaN)),
  }));
  const sums = groups.map((group): [string, number] => [
    group,
    measured.filter((one) => one.group === group).reduce((sum, { ms }) => sum + ms, 0),
  ]);
  return {
    orders,
    looks: measured,
    groups: { claims: totalCpuMs(burst), ...Object.fromEntries(sums) },
    burst,
    fillSeconds,
  };
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
