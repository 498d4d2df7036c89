// A private PostgreSQL and a private Redis for one run of the tests: free ports, temporary folders.
import { chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOnLeash } from "./leash.mjs";
import { runCaptured } from "./run-captured.mjs";

/** Resolves to the addresses, as environment variables, and a function that stops both. */
export async function startTestServices({ postgres, redis }) {
  const started = await Promise.allSettled([startPostgres(postgres), startRedis(redis)]);
  const running = started.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
  const stop = async () => {
    await Promise.all(running.map((service) => service.stop()));
  };
  const failure = started.find(({ status }) => status === "rejected");
  if (failure) {
    await stop();
    throw failure.reason;
  }
  return { env: Object.assign({}, ...running.map((service) => service.env)), stop };
}

async function startPostgres(bin) {
  const cluster = await newCluster(bin);
  const port = await freePort();
  // Hundreds of databases come and go here, and none has to outlive the machine: those of chaos and crashes sync.
  const how = { port, signal: "INT", folder: cluster.folder, syncs: false };
  const { stop } = await runPostgres(bin, cluster, how);
  return { env: { ORDNA_TEST_DATABASE: `postgres://ordna@127.0.0.1:${port}/postgres` }, stop };
}

async function startRedis(program) {
  const port = await freePort();
  const { stop } = await runRedis(program, port);
  return { env: { ORDNA_TEST_REDIS: `redis://127.0.0.1:${port}` }, stop };
}

/** An empty cluster in a temporary folder. */
export async function newCluster(bin) {
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), "ordna-postgres-"));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const as = user ? { uid: user.uid, gid: user.gid, cwd: folder } : { cwd: folder };
  // The C locale is everywhere; --no-sync only makes the empty database faster, the server itself syncs.
  const setUp = ["-D", data, "-U", "ordna", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  const { code, output } = await runCaptured(join(bin, "initdb"), setUp, as);
  if (code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed.\n${output}`);
  }
  return { folder, data, user };
}

/** Runs a cluster until `stop`, which sends `signal` and then removes `folder`. */
export async function runPostgres(bin, { data, user }, { port, signal, folder, syncs = true }) {
  const sync = syncs ? ["fsync=on"] : ["fsync=off", "full_page_writes=off"];
  const settings = [...sync, "listen_addresses=127.0.0.1", "unix_socket_directories="];
  const stop = await startOnLeash({
    program: join(bin, "postgres"),
    args: ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    folder,
    signal,
    readiness: "database system is ready to accept connections",
    user,
  });
  return { stop };
}

/** A Redis that keeps nothing. */
export async function runRedis(program, port) {
  const stop = await startOnLeash({
    program,
    args: ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    folder: mkdtempSync(join(tmpdir(), "ordna-redis-")),
    signal: "TERM",
    readiness: "Ready to accept connections",
  });
  return { stop };
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  const line = ["postgres:", "nobody:"].map((name) => users.find((u) => u.startsWith(name)));
  const [, , uid, gid] = (line.find(Boolean) ?? "").split(":");
  if (!uid) throw new Error("There is no user postgres or nobody that PostgreSQL could run as.");
  return { uid: Number(uid), gid: Number(gid) };
}

/** Below 32768, where the system hands out no ports by itself. */
export async function freePort() {
  for (let tries = 0; tries < 100; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error("No free port was found between 20000 and 32000.");
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
