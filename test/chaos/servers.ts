// A PostgreSQL and a Redis of the run's own, which can be brought down in the ways in which servers go down.
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { findPostgres, findProgram } from "../../scripts/find-program.mjs";
import { freePort, newCluster, runPostgres, runRedis } from "../../scripts/test-services.mjs";

export interface DatabaseServer {
  readonly port: number;
  /** Immediate shutdown: nothing is written out, and the start has to recover. */
  crash(whileDown: () => Promise<void>): Promise<void>;
  terminateSessions(): Promise<void>;
  close(): Promise<void>;
}

export interface RedisServer {
  readonly port: number;
  crash(whileDown: () => Promise<void>): Promise<void>;
  flush(): Promise<void>;
  pause(forMs: number): Promise<void>;
  close(): Promise<void>;
}

/** What a person has to install before this backend can be tried, or undefined. */
export function missingFor(backend: string): string | undefined {
  const missing = [
    ...(backend !== "embedded" && !findPostgres() ? ["postgresql"] : []),
    ...(backend === "redis" && !findRedis() ? ["redis-server"] : []),
  ];
  if (missing.length === 0) return undefined;
  const names = missing.join(" ");
  return `--backend ${backend} needs ${missing.join(" and ")}. On Debian or Ubuntu run: sudo apt-get install ${names}\nOr try --backend embedded, which needs nothing.`;
}

const findRedis = () => findProgram("redis-server", "valkey-server");

export async function startDatabase(): Promise<DatabaseServer> {
  const bin = findPostgres() ?? "";
  const cluster = await newCluster(bin);
  const port = await freePort();
  const run = () => {
    // The server's own folder stays; only this one goes when it is stopped.
    const folder = mkdtempSync(join(cluster.folder, "run-"));
    if (cluster.user) chownSync(folder, cluster.user.uid, cluster.user.gid);
    return runPostgres(bin, cluster, { port, signal: "QUIT", folder });
  };
  let running = await run();
  const ask = async (sql: string) => {
    const client = new pg.Client({
      connectionString: `postgres://ordna@127.0.0.1:${port}/postgres`,
    });
    client.on("error", () => {});
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await ask("create database ordna");
  return {
    port,
    async crash(whileDown) {
      await running.stop();
      await whileDown();
      running = await run();
    },
    terminateSessions: () =>
      ask("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'ordna'"),
    async close() {
      await running.stop();
      rmSync(cluster.folder, { recursive: true, force: true });
    },
  };
}

export async function startRedis(): Promise<RedisServer> {
  const program = findRedis() ?? "";
  const port = await freePort();
  let running = await runRedis(program, port);
  const ask = async <T>(work: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis({ port, host: "127.0.0.1", maxRetriesPerRequest: 1 });
    redis.on("error", () => {});
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  };
  return {
    port,
    async crash(whileDown) {
      const info = await ask((redis) => redis.info("server"));
      const pid = Number(/process_id:(\d+)/.exec(info)?.[1]);
      if (!(pid > 1)) throw new Error("Redis does not say which process it is.");
      process.kill(pid, "SIGKILL");
      await running.stop();
      await whileDown();
      running = await runRedis(program, port);
    },
    flush: async () => void (await ask((redis) => redis.flushall())),
    pause: async (forMs) => void (await ask((redis) => redis.client("PAUSE", forMs))),
    close: () => running.stop(),
  };
}
