// An Ordna under load: the door and the simulated providers in this process, the workers in processes of their own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPostgres, findProgram } from "../../scripts/find-program.mjs";
import { freePort, newCluster, runPostgres, runRedis } from "../../scripts/test-services.mjs";
import { loadConfig } from "../../src/cli/load-config.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { readSettings } from "../../src/settings.ts";
import { type Ordna, startOrdna } from "../../src/start-ordna.ts";

const root = join(import.meta.dirname, "../..");
export const backends = ["embedded", "postgres", "redis"] as const;
export type Backend = (typeof backends)[number];

export interface LoadWish {
  readonly backend: Backend;
  /** Worker processes; the embedded database has its one in the door's. */
  readonly workers: number;
  readonly concurrency: number;
}

export interface LoadInstallation {
  readonly ordna: Ordna;
  readonly sandbox: Sandbox;
  /** Begins the work; before, payments only come in. */
  startWorkers(): void;
  stop(): Promise<void>;
}

/** What is missing on this machine for this backend; undefined when nothing is. */
export function missingFor(backend: Backend): string | undefined {
  const wanted = [
    ...(backend === "embedded" || findPostgres() ? [] : ["postgresql"]),
    ...(backend === "redis" && !findProgram("redis-server", "valkey-server")
      ? ["redis-server"]
      : []),
  ];
  if (wanted.length === 0) return undefined;
  return `Missing: ${wanted.join(", ")}. On Debian or Ubuntu run: sudo apt-get install ${wanted.join(" ")}`;
}

export async function startInstallation(wish: LoadWish): Promise<LoadInstallation> {
  const { backend, workers, concurrency } = wish;
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const data = mkdtempSync(join(tmpdir(), "ordna-load-"));
    stops.push(() => rmSync(data, { recursive: true, force: true }));
    const env: Record<string, string> = {
      ...process.env,
      ORDNA_DATA: data,
      ORDNA_CACHE: join(root, ".cache/database"),
      ORDNA_CONFIG: join(import.meta.dirname, "load-config.ts"),
      ORDNA_CONCURRENCY: String(concurrency),
      ORDNA_LOG: "error",
      ORDNA_PORT: String(await freePort()),
      ORDNA_SANDBOX_PORT: String(await freePort()),
      ...(backend === "embedded" ? {} : { DATABASE_URL: await postgres(stops) }),
      ...(backend === "redis" ? { REDIS_URL: await redis(stops) } : {}),
    };
    const { config, settings } = await loadConfig(readSettings(env));
    const sandbox = await openSandbox(config, settings);
    stops.push(sandbox.close);
    const ordna = await startOrdna({
      ...{ config, settings, sandbox, simulators: sandbox.simulators },
      role: backend === "embedded" ? "all" : "web",
      onError: (error) => console.error(error),
    });
    stops.push(ordna.close);
    const startWorkers = () => {
      if (backend === "embedded") return;
      for (let count = 0; count < workers; count++) stops.push(worker(env));
    };
    return { ordna, sandbox, startWorkers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function worker(env: Readonly<Record<string, string>>): () => Promise<void> {
  const args = [join(root, "src/main.ts"), "serve", "--role", "worker"];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  };
}

async function postgres(stops: (() => unknown)[]): Promise<string> {
  const bin = findPostgres() ?? "";
  const cluster = await newCluster(bin);
  const port = await freePort();
  // With its syncs, as in earnest.
  const { stop } = await runPostgres(bin, cluster, { port, signal: "INT", folder: cluster.folder });
  stops.push(stop);
  return `postgres://ordna@127.0.0.1:${port}/postgres`;
}

async function redis(stops: (() => unknown)[]): Promise<string> {
  const port = await freePort();
  const { stop } = await runRedis(findProgram("redis-server", "valkey-server") ?? "", port);
  stops.push(stop);
  return `redis://127.0.0.1:${port}`;
}
