// A PostgreSQL that syncs every commit and a Redis that syncs every second, both the benchmark's own.
import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { findPostgres, findProgram } from "../../scripts/find-program.mjs";
import { startOnLeash } from "../../scripts/leash.mjs";
import { freePort, newCluster, runPostgres } from "../../scripts/test-services.mjs";

export interface Services {
  readonly redisUrl: string;
  /** The processes whose time counts. */
  readonly postgresPid: number;
  readonly redisPid: number;
  readonly versions: { readonly postgres: string; readonly redis: string };
  /** An empty Redis, a database of this name without anything in it, and nothing left to write out. */
  freshDatabase(name: string): Promise<string>;
  urlOf(database: string): string;
  stop(): Promise<void>;
}

// A server that is only that: a quarter of a gigabyte of cache, and no checkpoint in the middle of a short run.
const postgresSettings = `
shared_buffers = 256MB
max_connections = 200
max_wal_size = 4GB
checkpoint_timeout = 30min
`;

/** One sentence about what is missing, or undefined. */
export function missingServices(): string | undefined {
  const missing = [
    ...(findPostgres() ? [] : ["postgresql"]),
    ...(findRedis() ? [] : ["redis-server"]),
  ];
  if (missing.length === 0) return undefined;
  const names = missing.join(" ");
  return `The benchmark needs ${missing.join(" and ")}. On Debian or Ubuntu run: sudo apt-get install ${names}`;
}

const findRedis = () => findProgram("redis-server", "valkey-server");

export async function startServices(): Promise<Services> {
  const bin = findPostgres() ?? "";
  const cluster = await newCluster(bin);
  appendFileSync(join(cluster.data, "postgresql.conf"), postgresSettings);
  const port = await freePort();
  const postgres = await runPostgres(bin, cluster, {
    port,
    signal: "INT",
    folder: cluster.folder,
  });
  const redisPort = await freePort();
  const redis = await runRedis(findRedis() ?? "", redisPort);
  const redisUrl = `redis://127.0.0.1:${redisPort}`;
  const urlOf = (database: string) => `postgres://ordna@127.0.0.1:${port}/${database}`;
  const about = await askRedis(redisUrl, async (client) => client.info("server"));
  const [server] = await askPostgres(urlOf("postgres"), ["show server_version"]);
  return {
    redisUrl,
    urlOf,
    postgresPid: Number(readFileSync(join(cluster.data, "postmaster.pid"), "utf8").split("\n")[0]),
    redisPid: Number(/process_id:(\d+)/.exec(about)?.[1]),
    versions: {
      postgres: String(server?.server_version).split(" ")[0] ?? "",
      redis: /(?:valkey|redis)_version:(\S+)/.exec(about)?.[1] ?? "",
    },
    async freshDatabase(name) {
      await askRedis(redisUrl, (client) => client.flushall());
      await askPostgres(urlOf("postgres"), [
        `drop database if exists "${name}" with (force)`,
        `create database "${name}"`,
        "checkpoint",
      ]);
      return urlOf(name);
    },
    async stop() {
      await redis();
      await postgres.stop();
    },
  };
}

/** As BullMQ advises for production: an append-only file, synced every second, and no eviction. */
function runRedis(program: string, port: number): Promise<() => Promise<void>> {
  const keeping = ["--save", "", "--appendonly", "yes", "--appendfsync", "everysec"];
  return startOnLeash({
    program,
    args: ["--port", String(port), "--bind", "127.0.0.1", ...keeping],
    folder: mkdtempSync(join(tmpdir(), "ordna-redis-")),
    signal: "TERM",
    readiness: "Ready to accept connections",
  });
}

async function askRedis<T>(url: string, question: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
}

/** The rows of the last statement. */
async function askPostgres(
  url: string,
  statements: readonly string[],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const sql of statements) ({ rows } = await client.query(sql));
    return rows;
  } finally {
    await client.end();
  }
}
