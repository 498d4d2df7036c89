// `npm run bench`: Ordna beside what a shop would use instead. What those need is installed on the first run.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBenchInstalled } from "./ensure-bench-installed.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { node24, root } from "./places.mjs";
import { whenOrphaned } from "./when-orphaned.mjs";

await ensureInstalled();
await ensureBenchInstalled();
const main = join(root, "bench", "main.ts");
const child = spawn(node24, [main, ...process.argv.slice(2)], { stdio: "inherit" });
// What it started ends with it, however it ends.
const stop = () => child.kill("SIGTERM");
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
whenOrphaned(stop);
child.on("exit", (code) => process.exit(code ?? 1));
