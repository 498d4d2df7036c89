// Carries out a schedule, blow by blow, and heals everything at its end.
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { DatabaseServer, RedisServer } from "./servers.ts";
import type { SmallDisk } from "./small-disk.ts";
import type { Strike } from "./strikes.ts";
import type { Supervised } from "./supervise.ts";
import type { Wire, WireState } from "./wire.ts";

export interface Victims {
  readonly processes: ReadonlyMap<string, Supervised>;
  readonly clockFile: (process: string) => string;
  /** To "database", "redis" and every provider. */
  readonly wires: ReadonlyMap<string, Wire>;
  readonly database: DatabaseServer | undefined;
  readonly redis: RedisServer | undefined;
  readonly disk: SmallDisk | undefined;
}

type Crashing = Pick<DatabaseServer | RedisServer, "crash">;

export async function strike(victims: Victims, blow: Strike): Promise<void> {
  const { kind, target, forMs = 0 } = blow;
  const { database, redis, disk } = victims;
  const victim = victims.processes.get(target);
  switch (kind) {
    case "kill":
      return victim?.signal("SIGKILL");
    case "freeze":
      victim?.signal("SIGSTOP");
      await sleep(forMs);
      return victim?.signal("SIGCONT");
    case "stop":
      return victim?.stop();
    case "redeploy":
      for (const one of victims.processes.values()) await one.stop();
      return;
    case "clock":
      return skew(victims, blow);
    case "disk-full":
      disk?.fill();
      await sleep(forMs);
      return disk?.free();
    case "database-crash":
      return crash(database, victims.wires.get("database"));
    case "database-sessions":
      return database?.terminateSessions();
    case "redis-crash":
      return crash(redis, victims.wires.get("redis"));
    case "redis-flush":
      return redis?.flush();
    case "redis-pause":
      return redis?.pause(forMs);
    default:
      return disturb(victims.wires.get(target), wireStates[kind], forMs);
  }
}

const wireStates = {
  "database-cut": "cut",
  "database-stall": "stalls",
  "redis-cut": "cut",
  "redis-stall": "stalls",
  "provider-cut": "cut",
  "provider-hole": "swallows",
} as const satisfies Record<string, WireState>;

async function disturb(wire: Wire | undefined, state: WireState, forMs: number): Promise<void> {
  await wire?.set(state);
  await sleep(forMs);
  await wire?.set("passes");
}

/**
 * Connections are broken by the server's end; then nobody gets through until it is up again: the first sentences of a
 * server that starts tell whether it can.
 */
async function crash(server: Crashing | undefined, wire: Wire | undefined): Promise<void> {
  await server?.crash(async () => wire?.set("cut"));
  await wire?.set("passes");
}

async function skew({ clockFile }: Victims, { target, skewMs = 0, forMs = 0 }: Strike) {
  writeFileSync(clockFile(target), String(skewMs));
  await sleep(forMs);
  writeFileSync(clockFile(target), "0");
}
