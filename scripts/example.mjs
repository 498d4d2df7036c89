// `npm run example`: builds examples/nextjs-store on this Ordna, and buys something in it, from checkout to parcel.
//
//   npm run example              plays one purchase and ends
//   npm run example -- --stay    leaves shop, worker and simulators running for you to try
//   npm run example -- --json    one JSON object on the last line
//
// Needs PostgreSQL's programs, and npm's registry for Next.js (about 370 MB) the first time.
import { spawn } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";
import { node24, root } from "./places.mjs";
import { runCaptured } from "./run-captured.mjs";

const shop = join(root, "examples", "nextjs-store");
await ensureInstalled();
if (!existsSync(join(shop, "node_modules", "next"))) {
  await must(
    "Installing Next.js",
    "npm",
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
    shop,
  );
}
await must("Compiling Ordna", node24, [join(root, "scripts", "build-package.mjs")], root);
// As `npm install ordna` would, but of this very code; its libraries are found in the repository's own node_modules.
// A link would not do: Next.js bundles what is not really in node_modules.
const ordna = join(shop, "node_modules", "ordna");
rmSync(ordna, { recursive: true, force: true });
for (const part of ["package.json", "lib"]) {
  cpSync(join(root, part), join(ordna, part), { recursive: true });
}
const next = join(shop, "node_modules", "next", "dist", "bin", "next");
await must("Building the shop", node24, [next, "build"], shop);
const main = join(root, "test", "example", "main.ts");
const played = spawn(node24, [main, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => played.kill(signal));
played.on("exit", (code) => process.exit(code ?? 1));

async function must(what, program, args, cwd) {
  console.log(`  ${what}`);
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const { code, output } = await runCaptured(program, args, { cwd, env });
  if (code === 0) return;
  console.error(`${what} failed.\n${output}`);
  process.exit(1);
}
