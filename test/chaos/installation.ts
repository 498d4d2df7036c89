// One installation of Ordna as a shop would run it: its servers, its processes, and the wires between everything.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../scripts/test-services.mjs";
import { testCacheFolder } from "../../src/ledger/database/test-database.ts";
import type { Victims } from "./nemesis.ts";
import { processesOf } from "./schedule.ts";
import { startDatabase, startRedis } from "./servers.ts";
import { openSmallDisk, type SmallDisk } from "./small-disk.ts";
import type { Backend } from "./strikes.ts";
import { type Supervised, supervise } from "./supervise.ts";
import { openWire, type Wire } from "./wire.ts";
import type { WitnessStatus } from "./witness.ts";

export interface Installation extends Victims {
  /** Where Stripe knocks. */
  readonly doors: readonly string[];
  readonly key: string;
  close(): Promise<void>;
}

export interface Site {
  readonly backend: Backend;
  readonly folder: string;
  readonly disk: SmallDisk | undefined;
  /** The name of a broken variant. */
  readonly broken: string | undefined;
  readonly providers: Pick<WitnessStatus, "addresses" | "secrets">;
}

const key = "chaos-run-page-key-0123456789";

export async function install(site: Site): Promise<Installation> {
  const { backend, folder, providers } = site;
  const database = backend === "embedded" ? undefined : await startDatabase();
  const redis = backend === "redis" ? await startRedis() : undefined;
  const wires = new Map<string, Wire>();
  const ends = Object.entries(providers.addresses).map(
    ([name, url]) => [name, Number(new URL(url).port)] as const,
  );
  if (database) ends.push(["database", database.port]);
  if (redis) ends.push(["redis", redis.port]);
  for (const [name, port] of ends) wires.set(name, await openWire(await freePort(), port));
  const clockFile = (process: string) => join(folder, `clock-${process}`);
  const processes = new Map<string, Supervised>();
  const doors: string[] = [];
  const shared = { ...providers.secrets, ...wiresIn(wires), ...common(folder) };
  for (const name of processesOf(backend)) {
    const role = name.split("-")[0] ?? "";
    const port = String(await freePort());
    if (role !== "worker") doors.push(`http://127.0.0.1:${port}`);
    const env = {
      ...shared,
      ORDNA_PORT: port,
      CHAOS_CLOCK: clockFile(name),
      ...(site.broken ? { CHAOS_BROKEN: site.broken } : {}),
      NODE_OPTIONS: preloads(site.broken),
    };
    const args = role === "serve" ? ["serve"] : ["serve", "--role", role];
    const logFile = join(folder, `${name}.log`);
    processes.set(name, supervise({ name, args, env, logFile }));
  }
  return {
    processes,
    wires,
    database,
    redis,
    doors,
    key,
    clockFile,
    disk: site.disk,
    async close() {
      await Promise.all([...processes.values()].map((one) => one.end()));
      await Promise.all([...wires.values()].map((wire) => wire.close()));
      await Promise.all([database?.close(), redis?.close()]);
    },
  };
}

/** Where the embedded database and the files live; the folder is a small disk where that is possible. */
export function openDataFolder(folder: string): SmallDisk | undefined {
  const data = dataFolder(folder);
  mkdirSync(data, { recursive: true });
  return openSmallDisk(data);
}

export const dataFolder = (folder: string) => join(folder, "data");

function common(folder: string): Record<string, string> {
  return {
    ORDNA_DATA: dataFolder(folder),
    ORDNA_CACHE: testCacheFolder,
    ORDNA_CONFIG: fileURLToPath(new URL("./chaos-config.ts", import.meta.url)),
    ORDNA_CONSOLE_KEY: key,
    ORDNA_LOG: "debug",
    // Processes start again and again; without this most of a busy machine's time would go into it.
    NODE_COMPILE_CACHE: join(folder, "compiled"),
  };
}

function wiresIn(wires: ReadonlyMap<string, Wire>): Record<string, string> {
  const variables = [...wires].map(([name, { port }]) => {
    if (name === "database") return ["DATABASE_URL", `postgres://ordna@127.0.0.1:${port}/ordna`];
    if (name === "redis") return ["REDIS_URL", `redis://127.0.0.1:${port}`];
    return [`ORDNA_${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}`];
  });
  return Object.fromEntries(variables);
}

function preloads(broken: string | undefined): string {
  const files = ["skewed-clock.ts", ...(broken ? ["broken-ordna.ts"] : [])];
  const flags = files.map((file) => `--import=${new URL(`./${file}`, import.meta.url).href}`);
  return ["--disable-warning=ExperimentalWarning", ...flags].join(" ");
}
