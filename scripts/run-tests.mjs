import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { node24, root } from "./places.mjs";

const rooms = ["src", "test", "console", "bench", "examples"];

/** All test files, relative to the root. */
export function testFiles() {
  return rooms.flatMap((room) => filesIn(join(root, room))).map((path) => relative(root, path));
}

/** Those that touch the database or the queue, and so are run on the real ones as well. */
export const needsServices = (file) => /\.(sql|redis)\.test\.ts$/.test(file);

/** Those that have nothing to do without a real Redis. */
export const needsRedis = (file) => file.endsWith(".redis.test.ts");

/** Runs the files and resolves to how many tests passed, failed and were skipped, and how long each file took. */
export async function runTests(files, env, stopping) {
  if (files.length === 0) return { passed: 0, failed: 1, skipped: 0, isBroken: true, slowest: [] };
  const folder = mkdtempSync(join(tmpdir(), "ordna-tests-"));
  const counts = join(folder, "counts.json");
  try {
    const code = await runNodeTest(
      files,
      { ...quietEnv(), ...env, ORDNA_TEST_COUNTS: counts },
      stopping,
    );
    const { passed, failed, cancelled, skipped, files: took = [] } = read(counts);
    const sum = failed + cancelled;
    // A run that died, or that found nothing, is no success.
    const isBroken = sum === 0 && (code !== 0 || passed === 0);
    const slowest = took.sort((a, b) => b.tookMs - a.tookMs);
    return { passed, failed: isBroken ? 1 : sum, skipped, isBroken, slowest };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runNodeTest(files, env, stopping) {
  const lap = join(root, "scripts", "run-lap.mjs");
  return new Promise((resolve) => {
    const child = spawn(node24, [lap, ...files], {
      cwd: root,
      // Hundreds of processes read the same modules.
      env: { NODE_COMPILE_CACHE: join(root, ".cache", "compiled"), ...env },
      stdio: ["ignore", "inherit", "inherit"],
      // A group of its own, to be ended as a whole: its files are processes, too.
      detached: true,
    });
    const end = () => process.kill(-child.pid, "SIGKILL");
    stopping.addEventListener("abort", end, { once: true });
    child.on("error", () => resolve(127));
    child.on("close", (code) => {
      stopping.removeEventListener("abort", end);
      resolve(code ?? 1);
    });
  });
}

/** Without the shop's own settings: a test must never meet a real database or a real key. */
export function quietEnv() {
  const isOurs = (name) =>
    /^ORDNA_|^(DATABASE_URL|REDIS_URL|NODE_TEST_CONTEXT|NODE_OPTIONS)$|_(KEY|TOKEN|SECRET|PASSWORD)$/.test(
      name,
    );
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { passed: 0, failed: 0, cancelled: 0, skipped: 0 };
  }
}

function filesIn(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter(({ name }) => name !== "node_modules" && !name.startsWith("."))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return entry.name.endsWith(".test.ts") ? [path] : [];
    })
    .sort();
}
