// Installs what the benchmark compares Ordna with, and builds its Next.js shop, when either has changed. Nothing else
// needs it, so it stands in bench/node_modules.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "./npm-command.mjs";
import { node24, root } from "./places.mjs";
import { runCaptured } from "./run-captured.mjs";

const bench = join(root, "bench");
const shop = join(bench, "next-shop");
const stampFile = join(shop, ".next", ".ordna-stamp");

export async function ensureBenchInstalled() {
  const stamp = stampOf([join(bench, "package-lock.json"), ...filesIn(shop)]);
  const next = join(bench, "node_modules", "next", "dist", "bin", "next");
  const isStamped = existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (isStamped && existsSync(next)) return;
  const [npm, ...before] = npmCommand();
  const args = [...before, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const shell = npm === "npm.cmd";
  await step("Installing what the benchmark compares with", npm, args, { cwd: bench, shell });
  await step("Building the shop that uses Next.js", node24, [next, "build"], {
    cwd: shop,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", STRIPE_SECRET_KEY: "sk_test_bench" },
  });
  writeFileSync(stampFile, stamp);
}

async function step(what, program, args, options) {
  const begun = Date.now();
  process.stderr.write(`${what}, once (about a minute) ...`);
  const { code, output } = await runCaptured(program, args, options);
  if (code !== 0) {
    process.stderr.write(` failed.\n\n${output}\n`);
    process.exit(1);
  }
  process.stderr.write(` done in ${Math.round((Date.now() - begun) / 1000)} s.\n`);
}

function stampOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(path));
  return `${hash.digest("hex")} ${process.platform}-${process.arch}\n`;
}

/** The shop's sources, without what a build leaves behind. */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !/^(next-env|tsconfig)/.test(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    })
    .sort();
}
