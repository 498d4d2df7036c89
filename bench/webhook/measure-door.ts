// One measurement of one door: a fresh process on fresh stores, one lap to warm it up, and one that counts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/test-services.mjs";
import type { Around } from "../engines/measure-engine.ts";
import { type LoadResult, type LoadTask, loadResult } from "../load/load-task.ts";
import { treeCpuMs, treeRssMb } from "../measure/process-usage.ts";
import { type Child, startChild } from "../servers/child.ts";
import { type DoorName, type DoorPlace, openDoor, pathOf } from "./doors.ts";

export interface DoorLap {
  readonly letters: number;
  readonly forMs: number;
}

export interface MeasuredDoor extends LoadResult {
  readonly door: DoorName;
  readonly cpuMsPerRequest: Readonly<Record<string, number>>;
  /** After the load; children included. */
  readonly rssMb: number;
  /** From the start of the process to its first answer, on stores that were never used... */
  readonly firstStartMs: number;
  /** ...and on the stores that the first start left behind. */
  readonly startMs: number;
  /** When it was just started. */
  readonly startRssMb: number;
}

const connections = 32;

export async function measureDoor(
  around: Around,
  door: DoorName,
  warmUp: DoorLap,
  lap: DoorLap,
): Promise<MeasuredDoor> {
  const { services, providers } = around;
  const place: DoorPlace = {
    port: await freePort(),
    folder: mkdtempSync(join(tmpdir(), "ordna-bench-")),
    databaseUrl: await services.freshDatabase("bench"),
    redisUrl: services.redisUrl,
    providersUrl: providers.url,
  };
  try {
    const first = await started(door, place);
    await first.child.stop();
    const { child, startMs } = await started(door, place);
    try {
      const startRssMb = treeRssMb(child.pid);
      const task = { port: place.port, path: pathOf(door), connections };
      await deliver({ ...task, ...warmUp, run: "warm" });
      const processes = {
        server: child.pid,
        postgres: services.postgresPid,
        redis: services.redisPid,
      };
      const before = Object.values(processes).map(treeCpuMs);
      const result = await deliver({ ...task, ...lap, run: "lap" });
      const used = Object.entries(processes).map(([name, pid], i): [string, number] => [
        name,
        (treeCpuMs(pid) - (before[i] ?? 0)) / result.requests,
      ]);
      const rssMb = treeRssMb(child.pid);
      assertAllTaken(door, result);
      const cpuMsPerRequest = Object.fromEntries(used);
      const firstStartMs = first.startMs;
      return { ...result, door, cpuMsPerRequest, rssMb, firstStartMs, startMs, startRssMb };
    } finally {
      await child.stop();
    }
  } finally {
    rmSync(place.folder, { recursive: true, force: true });
  }
}

async function started(door: DoorName, place: DoorPlace) {
  const begunMs = performance.now();
  const child = openDoor(door, place);
  try {
    await answers(place.port);
    return { child, startMs: performance.now() - begunMs };
  } catch (thrown) {
    await child.stop();
    throw thrown;
  }
}

/** Any answer will do: somebody is there. */
async function answers(port: number): Promise<void> {
  const endsMs = performance.now() + 60_000;
  while (performance.now() < endsMs) {
    try {
      await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer();
      return;
    } catch {
      await sleep(10);
    }
  }
  throw new Error(`Nothing answered on port ${port} within a minute.`);
}

async function deliver(task: LoadTask): Promise<LoadResult> {
  const script = join(import.meta.dirname, "..", "load", "webhook-load.ts");
  const postman: Child = startChild(script, { args: [JSON.stringify(task)] });
  try {
    return loadResult.parse(JSON.parse(await postman.nextLine(task.forMs + 60_000)));
  } finally {
    await postman.stop();
  }
}

function assertAllTaken(door: DoorName, { refused }: LoadResult): void {
  if (refused > 0) throw new Error(`${door} answered ${refused} letters with something but 200.`);
}
