// One run: orders are paid while everything goes wrong, then all is healed, and when all is at rest it is judged.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/test-services.mjs";
import { type Installation, install, openDataFolder } from "./installation.ts";
import { judge, type Verdict } from "./judge.ts";
import { strike } from "./nemesis.ts";
import { ordersInLedger } from "./ordna-says.ts";
import { type Schedule, scheduleOf } from "./schedule.ts";
import type { SmallDisk } from "./small-disk.ts";
import { startWitness, type Witness } from "./start-witness.ts";
import type { Backend } from "./strikes.ts";
import { type Entry, readWitnessLog } from "./witness-log.ts";

export interface RunWish {
  readonly backend: Backend;
  readonly orders: number;
  readonly seed: number;
  readonly broken: string | undefined;
  /** An empty folder for everything that the run writes. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

export interface Run {
  readonly schedule: Schedule;
  readonly verdict: Verdict;
  readonly log: readonly Entry[];
  /** What really struck: blows of the nemesis, and requests that a provider treated badly. */
  readonly faults: number;
  readonly seconds: number;
  /** What Ordna itself says about orders that are not done; no judge believes it. */
  readonly hints: readonly string[];
}

/** An answer or an effect of the witness may be this late before it breaks what the connections promise. */
const mostLateMs = 1_000;

export interface Undoing {
  readonly steps: (() => unknown)[];
}

/** Whatever is started is undone by `undoing.steps`, the last first. */
export async function runChaos(wish: RunWish, undoing: Undoing): Promise<Run> {
  const { backend, folder, say } = wish;
  const disk = backend === "embedded" ? openDataFolder(folder) : undefined;
  if (disk) undoing.steps.push(disk.close);
  const schedule = draw(wish, disk);
  const witness = startWitness();
  undoing.steps.push(witness.close);
  const providers = await witness.ask({ wish: "serve", folder, firstPort: await freePort() });
  const installed = await install({ backend, folder, disk, broken: wish.broken, providers });
  undoing.steps.push(installed.close);
  await untilOpen(installed);
  const startedAt = Date.now();
  await witness.ask({ wish: "deliver", doors: installed.doors, startedAt });
  const run: Running = { wish, schedule, witness, installed, startedAt, blows: 0, open: new Set() };
  say(`  ${schedule.orders.length} orders and as many faults, then quiet`);
  await rage(run);
  await heal(run);
  const hints = await untilAtRest(run);
  const { lateMs } = await witness.ask({ wish: "status" });
  if (lateMs > mostLateMs) say(`  ! the witness was ${lateMs} ms late: a duplicate may be its own`);
  const log = readWitnessLog(logFile(run));
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
  return { schedule, verdict: judge(log), log, faults: await faultsOf(run), seconds, hints };
}

const faultsOf = async ({ blows, witness }: Running) =>
  blows + (await witness.ask({ wish: "status" })).mischiefs;

interface Running {
  readonly wish: RunWish;
  readonly schedule: Schedule;
  readonly witness: Witness;
  readonly installed: Installation;
  readonly startedAt: number;
  blows: number;
  readonly open: Set<Promise<void>>;
}

const logFile = ({ wish }: Running) => join(wish.folder, "witness.jsonl");

function draw({ backend, seed, orders, folder, say }: RunWish, disk: SmallDisk | undefined) {
  const isWithoutDisk = backend === "embedded" && !disk;
  if (isWithoutDisk) say("  left out: disk-full, which needs root on Linux and the right to mount");
  const without = new Set(isWithoutDisk ? (["disk-full"] as const) : []);
  const schedule = scheduleOf({ backend, seed, orders, without });
  const file = join(folder, "schedule.json");
  writeFileSync(file, JSON.stringify(schedule, null, 2));
  say(`  schedule   ${file}`);
  return schedule;
}

async function untilOpen({ doors }: Installation): Promise<void> {
  const endsAt = performance.now() + 120_000;
  for (const door of doors) {
    for (;;) {
      const response = await fetch(`${door}/healthz`).catch(() => undefined);
      if (response?.ok) break;
      if (performance.now() > endsAt) throw new Error(`Ordna did not open its door at ${door}.`);
      await sleep(200);
    }
  }
}

/** Goes on until everything planned was begun, and there was a fault for each order. */
async function rage(run: Running): Promise<void> {
  const { schedule, witness, startedAt, wish } = run;
  const plan = [
    ...schedule.orders.map((order) => ({
      atMs: order.atMs,
      begin: () => void witness.ask({ wish: "pay", order }),
    })),
    ...schedule.mischiefs.map((mischief) => ({
      atMs: mischief.atMs,
      begin: () => void witness.ask({ wish: "begin", mischief }),
    })),
    ...schedule.strikes.map((blow) => ({
      atMs: blow.atMs,
      begin: () => {
        const struck = strike(run.installed, blow).catch((error: unknown) => {
          wish.say(`  ! ${blow.kind} ${blow.target} could not strike: ${String(error)}`);
          run.blows -= 1;
        });
        run.blows += 1;
        run.open.add(struck);
        void struck.finally(() => run.open.delete(struck));
      },
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  let toldAt = 0;
  for (const { atMs, begin } of plan) {
    await sleep(Math.max(0, startedAt + atMs - Date.now()));
    if (atMs > schedule.endsAtMs && (await faultsOf(run)) >= schedule.orders.length) break;
    begin();
    if (atMs - toldAt < 10_000) continue;
    toldAt = atMs;
    tell(run);
  }
}

function tell(run: Running): void {
  const { orders, complete, duplicates } = judge(readWitnessLog(logFile(run)));
  const seconds = ((Date.now() - run.startedAt) / 1000).toFixed(0).padStart(4);
  const twice = duplicates > 0 ? `, ${duplicates} DUPLICATES` : "";
  run.wish.say(`${seconds} s  ${orders} paid, ${complete} complete, ${run.blows} blows${twice}`);
}

/** Every blow ends by itself; whoever stands still or is late is set right. */
async function heal(run: Running): Promise<void> {
  await Promise.all(run.open);
  const { installed, witness, wish } = run;
  await witness.ask({ wish: "behave" });
  for (const wire of installed.wires.values()) await wire.set("passes");
  wish.say(`${((Date.now() - run.startedAt) / 1000).toFixed(0).padStart(4)} s  all is healed`);
}

/** A parked step waits up to a minute, a lease and its settle window half a minute: three rounds of that. */
const patienceMs = (orders: number) => 240_000 + orders * 1_000;
/** When every order is accounted for. */
const calmMs = 3_000;
/** When some are not and Ordna has nothing more to do: longer than a killed process hides what it had taken. */
const silenceMs = 75_000;

/** Resolves to what Ordna says of the orders that are not done. */
async function untilAtRest(run: Running): Promise<readonly string[]> {
  const endsAt = performance.now() + patienceMs(run.schedule.orders.length);
  let toldAt = performance.now();
  let moved = { at: performance.now(), entries: 0 };
  for (;;) {
    await sleep(1_000);
    const now = performance.now();
    const { waiting } = await run.witness.ask({ wish: "status" });
    const ledger = await ordersInLedger(run.installed);
    const log = readWitnessLog(logFile(run));
    if (log.length !== moved.entries) moved = { at: now, entries: log.length };
    if (now - toldAt > 10_000) {
      toldAt = now;
      tell(run);
    }
    if (now > endsAt) run.wish.say("  ! patience is over, and not everything is at rest");
    // An event that was taken and not yet read is no order of the ledger's, and yet it is work.
    const { lost, halfDone, undelivered } = judge(log);
    const isAll = lost + halfDone + undelivered <= (ledger?.attention ?? 0);
    const isIdle = waiting === 0 && ledger?.open === 0;
    const isAtRest = isIdle && now - moved.at > (isAll ? calmMs : silenceMs);
    if (isAtRest || now > endsAt) return ledger?.hints ?? ["No door answers."];
  }
}
