// `npm test`: every check, then all tests on the embedded database, then those of ledger, queue and journeys again on a
// real PostgreSQL and a real Redis.
//
//   npm test -- unit             only the tests, only on the embedded database
//   npm test -- --only <text>    only test files whose path contains <text>
//   npm test -- --no-services    without PostgreSQL, Redis and Chromium
//   npm test -- --slow           tells the ten files that took longest
//   npm test -- --install        may install those with apt-get (as root); in CI it always may
import { parseArgs } from "node:util";
import { checks } from "./checks.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { needsRedis, needsServices, runTests, testFiles } from "./run-tests.mjs";
import { findTestPrograms } from "./test-programs.mjs";
import { startTestServices } from "./test-services.mjs";
import { whenOrphaned } from "./when-orphaned.mjs";

const { only, isUnit, isWithoutServices, isAboutSlow, mayInstall } = readArguments();
const isAll = !isUnit && only === undefined;
const total = { passed: 0, failed: 0 };

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopping.abort());
whenOrphaned(() => stopping.abort());

await ensureInstalled();
if (isAll) for (const [name, check] of Object.entries(checks)) await stage(name, check);
const files = testFiles().filter((file) => file.includes(only ?? ""));
const forServices = files.filter(needsServices);
const isWithServices = !isUnit && !isWithoutServices && forServices.length > 0;
let programs = {};
if (isWithServices) {
  await stage("PostgreSQL, Redis, Chromium", async () => {
    programs = await findTestPrograms(mayInstall);
    return programs.complaint;
  });
}
const browser = programs.chromium ? { ORDNA_TEST_CHROMIUM: programs.chromium } : {};
const hasServices = Boolean(isWithServices && programs.postgres && programs.redis);
const forEmbedded = hasServices ? files.filter((file) => !needsRedis(file)) : files;
if (forEmbedded.length > 0) await tests("tests, embedded database", forEmbedded, browser);
if (hasServices) {
  let services;
  await stage("start PostgreSQL and Redis", async () => {
    services = await startTestServices(programs);
  });
  if (services) {
    try {
      await tests("tests, PostgreSQL and Redis", forServices, { ...browser, ...services.env });
    } finally {
      await services.stop();
    }
  }
}
if (stopping.signal.aborted) {
  total.failed += 1;
  console.log("\nStopped before the end.");
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        only: { type: "string" },
        "no-services": { type: "boolean", default: false },
        slow: { type: "boolean", default: Boolean(process.env.CI) },
        install: { type: "boolean", default: Boolean(process.env.CI) },
      },
    });
    const unknown = positionals.find((word) => word !== "unit");
    if (unknown) throw new Error(`"${unknown}" is not known.`);
    return {
      only: values.only,
      isUnit: positionals.includes("unit"),
      isWithoutServices: values["no-services"],
      isAboutSlow: values.slow,
      mayInstall: values.install,
    };
  } catch (error) {
    console.error(error.message);
    console.error("npm test -- [unit] [--only <text>] [--no-services] [--slow] [--install]");
    process.exit(2);
  }
}

/** A check: one passed or one failed. */
async function stage(name, check) {
  const begun = Date.now();
  if (stopping.signal.aborted) return;
  const complaint = await check().catch((error) => `${error.message}\n`);
  if (complaint) process.stdout.write(`\n${complaint.trimEnd()}\n`);
  total[complaint ? "failed" : "passed"] += 1;
  say(!complaint, name, "", begun);
}

/** A run of tests: as many passed and failed as it says. */
async function tests(name, chosen, env) {
  const begun = Date.now();
  if (stopping.signal.aborted) return;
  const result = await runTests(chosen, env, stopping.signal);
  total.passed += result.passed;
  total.failed += result.failed;
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
  const counts = `${result.passed} passed, ${result.failed} failed${skipped}`;
  if (result.isBroken) process.stdout.write(`\n${name}: no test ran, or the run itself broke.\n`);
  say(result.failed === 0, name, counts, begun);
  if (!isAboutSlow) return;
  for (const { file, tookMs } of result.slowest.slice(0, 10)) {
    console.log(`    ${(tookMs / 1000).toFixed(1).padStart(6)} s  ${file}`);
  }
}

function say(isGood, name, counts, begun) {
  const seconds = `${((Date.now() - begun) / 1000).toFixed(1)} s`.padStart(8);
  console.log(`${isGood ? "✓" : "✖"} ${name.padEnd(30)}${seconds}  ${counts}`.trimEnd());
}
