// `npm run mail-sheet`: finds Chromium for test/mail-sheet/main.ts, as `npm test` finds it for the tests.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { findProgram } from "./find-program.mjs";
import { node24 } from "./places.mjs";

await ensureInstalled();
const chromium = findProgram("chromium", "chromium-browser", "google-chrome");
const main = fileURLToPath(new URL("../test/mail-sheet/main.ts", import.meta.url));
const env = { ...process.env, ...(chromium ? { ORDNA_TEST_CHROMIUM: chromium } : {}) };
const { status } = spawnSync(node24, [main, ...process.argv.slice(2)], {
  stdio: "inherit",
  env,
});
process.exitCode = status ?? 1;
