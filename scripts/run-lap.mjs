// Run by run-tests.mjs on Node 24: the test files that it is given, in that order.
import { run } from "node:test";
import report from "./test-reporter.mjs";

/** As many as a small machine has cores: with more, what is bounded by the clock is bounded by luck. */
const concurrency = process.env.ORDNA_TEST_ALONE ? 1 : 2;
/** For a file as a whole, so that a test that hangs ends, and fails. */
const timeout = 600_000;

const files = process.argv.slice(2);
const events = run({ files, concurrency, timeout });
events.on("test:fail", () => {
  process.exitCode = 1;
});
events.compose(report).pipe(process.stdout);
