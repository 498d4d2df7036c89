// Redis as people run it: with a password, with TLS, behind Sentinel, as a cluster. Servers of its own, on this machine.
import assert from "node:assert/strict";
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram } from "../../scripts/find-program.mjs";
import { freePort } from "../../scripts/test-services.mjs";
import { pingRedis } from "./ping-redis.ts";
import type { DueWork } from "./queue.ts";
import { openRedis, redisConnection } from "./redis-connection.ts";
import { redisQueue } from "./redis-queue.ts";
import { redisSeen } from "./redis-seen.ts";

const program = process.env.ORDNA_TEST_REDIS
  ? findProgram("redis-server", "valkey-server")
  : undefined;
const skip = program === undefined && "Set ORDNA_TEST_REDIS, and install redis-server.";
const folder = mkdtempSync(join(tmpdir(), "ordna-redis-"));
const running: ChildProcess[] = [];
after(async () => {
  for (const child of running) {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): void {
  running.push(spawn(program ?? "", args, { cwd: folder, stdio: "ignore" }));
}

/** It answers at last, or the last refusal is thrown. */
async function answered(ask: () => Promise<string>): Promise<string> {
  const endsAt = performance.now() + 30_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > endsAt) throw error;
      await sleep(200);
    }
  }
}

test("with a password, behind Sentinel", { skip }, async () => {
  const [redis, sentinel] = [await freePort(), await freePort()];
  const plain = ["--bind", "127.0.0.1", "--save", "", "--requirepass", "s3cret"];
  start("--port", String(redis), ...plain);
  await answered(() => pingRedis(`redis://:s3cret@127.0.0.1:${redis}`));
  await assert.rejects(pingRedis(`redis://:wrong@127.0.0.1:${redis}`), /WRONGPASS|NOAUTH/);
  const file = join(folder, "sentinel.conf");
  const watch = `sentinel monitor shop 127.0.0.1 ${redis} 1\nsentinel auth-pass shop s3cret\n`;
  writeFileSync(file, `port ${sentinel}\nbind 127.0.0.1\n${watch}`);
  start(file, "--sentinel");
  const url = `redis+sentinel://:s3cret@127.0.0.1:${sentinel}/shop?db=3`;
  assert.match(await answered(() => pingRedis(url)), /^(Redis|Valkey) \d/);
});

test("a cluster carries a queue, and is told what was seen", { skip }, async () => {
  const port = await freePort();
  const bus = ["--cluster-port", String(await freePort()), "--cluster-announce-ip", "127.0.0.1"];
  start(
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--cluster-enabled",
    "yes",
    ...bus,
  );
  const one = `redis://127.0.0.1:${port}`;
  await answered(() => pingRedis(one));
  const alone = openRedis(one);
  await alone.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
  await answered(async () => {
    const info = String(await alone.call("CLUSTER", "INFO"));
    assert.match(info, /cluster_state:ok/);
    return info;
  });
  const nobody = await freePort();
  await assert.rejects(pingRedis(`redis+cluster://127.0.0.1:${nobody}`));
  const url = `redis+cluster://127.0.0.1:${nobody}?node=127.0.0.1:${port}`;
  assert.match(await pingRedis(url), /^(Redis|Valkey) \d/);
  const { due, settled } = aDueIndex(["a", "b", "c"]);
  const options = { concurrency: 2, hiddenMs: 10_000, sweepMs: 200, installation: "x" };
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const queue = redisQueue(url, due, async () => undefined, { ...options, onError });
  const seen = redisSeen(url, onError, "x");
  try {
    await answered(async () => {
      assert.deepEqual([...settled].sort(), ["a", "b", "c"]);
      return "";
    });
    await answered(async () => {
      await seen.add("event/1");
      return "";
    });
    assert.deepEqual([await seen.has("event/1"), await seen.has("event/2")], [true, false]);
    assert.deepEqual(errors, []);
  } finally {
    await queue.close();
    await seen.close();
    alone.disconnect();
  }
});

/** Each is due once. */
function aDueIndex(subjects: readonly string[]) {
  const waiting = subjects.map((subject) => ({ subject, wakes: 1 }));
  const settled: string[] = [];
  const due: DueWork = {
    take: async (limit) => waiting.splice(0, limit),
    settle: async ({ subject }) => void settled.push(subject),
    keep: async () => {},
    nextInMs: async () => (waiting.length > 0 ? 0 : undefined),
    onNews: async () => async () => {},
  };
  return { due, settled };
}

test("several nodes, a password and TLS are told to the client of a cluster", () => {
  const { nodes, ...each } = redisConnection("rediss+cluster://:s@one:7000?node=two&node=three:1");
  assert.deepEqual(each, { password: "s", tls: {} });
  assert.deepEqual(nodes, [
    { host: "one", port: 7000 },
    { host: "two", port: 6379 },
    { host: "three", port: 1 },
  ]);
});

test("with TLS, whose authority is believed only when it is named", { skip }, async () => {
  const port = await freePort();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const ask = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const names = [
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
  ];
  execFileSync("openssl", [...ask, "-keyout", key, "-out", cert, ...names], { stdio: "ignore" });
  const tls = ["--tls-cert-file", cert, "--tls-key-file", key, "--tls-auth-clients", "no"];
  start("--port", "0", "--tls-port", String(port), "--bind", "127.0.0.1", "--save", "", ...tls);
  const url = `rediss://localhost:${port}`;
  const believing = () => pingElsewhere(url, { NODE_EXTRA_CA_CERTS: cert });
  assert.match(await answered(believing), /^(Redis|Valkey) \d/);
  await assert.rejects(pingRedis(url), "an authority that nobody named is not believed");
});

/** Node reads the authorities of its environment when it starts. */
function pingElsewhere(url: string, env: Readonly<Record<string, string>>): Promise<string> {
  const module = new URL("./ping-redis.ts", import.meta.url).href;
  const script = `const { pingRedis } = await import(${JSON.stringify(module)}); console.log(await pingRedis(${JSON.stringify(url)}));`;
  return new Promise((resolve, reject) => {
    const args = ["--input-type=module", "--eval", script];
    execFile(process.execPath, args, { env: { ...env } }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(stdout.trim()),
    );
  });
}

test("several Sentinels, their own password and TLS are told to the client", () => {
  const url =
    "rediss+sentinel://ordna:p%40ss@one:26380/shop?sentinel=two&sentinel=three:1&sentinelPassword=s&db=2";
  assert.deepEqual(redisConnection(url), {
    username: "ordna",
    password: "p@ss",
    tls: {},
    sentinels: [
      { host: "one", port: 26380 },
      { host: "two", port: 26379 },
      { host: "three", port: 1 },
    ],
    name: "shop",
    sentinelPassword: "s",
    enableTLSForSentinelMode: true,
    sentinelTLS: {},
    db: 2,
  });
});
