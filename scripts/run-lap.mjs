// Run by run-tests.mjs on Node 24: the test files that it is given, two at a time.
import { PassThrough } from "node:stream";
import { run } from "node:test";
import report from "./test-reporter.mjs";

/** As many as a small machine has cores: with more, what is bounded by the clock is bounded by luck. */
const atATime = 2;
/** For a file as a whole, so that a test that hangs ends, and fails. */
const timeout = 600_000;

/** Usability measures how many seconds a person needs, and the simulation takes all cores by itself. */
const isAlone = (file) => /^test\/(usability\/|simulation\/simulate\.test)/.test(file);
/** Processes that are killed and started again, and judged in time. They wait more than they work, but one is enough. */
const isAgainstTheClock = (file) => /^test\/(chaos|crash|journey)\//.test(file);

const files = process.argv.slice(2);
const told = new PassThrough({ objectMode: true });
told.compose(report).pipe(process.stdout);
for (const file of files.filter(isAlone)) await runFile(file, { ORDNA_TEST_ALONE: "1" });
// What takes longest begins first: else the last file runs alone while a core has nothing to do.
const rank = (file) => (isAgainstTheClock(file) ? 0 : file.startsWith("test/") ? 1 : 2);
const waiting = files.filter((file) => !isAlone(file)).sort((a, b) => rank(a) - rank(b));
let isClockTaken = false;
await Promise.all(Array.from({ length: atATime }, work));
told.end();

async function work() {
  for (let file = next(); file !== undefined; file = next()) {
    const isBound = isAgainstTheClock(file);
    isClockTaken ||= isBound;
    await runFile(file);
    if (isBound) isClockTaken = false;
  }
}

/** One of those that are bound by the clock at a time, until only they are left. */
function next() {
  const at = waiting.findIndex((file) => !(isClockTaken && isAgainstTheClock(file)));
  return waiting.splice(Math.max(at, 0), 1)[0];
}

async function runFile(file, env = {}) {
  const events = run({ files: [file], timeout, env: { ...process.env, ...env } });
  events.on("test:fail", () => {
    process.exitCode = 1;
  });
  for await (const event of events) told.write(event);
}
