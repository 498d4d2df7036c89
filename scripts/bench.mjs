// `npm run bench`: Ordna beside what a shop would use instead. What those need is installed on the first run.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBenchInstalled } from "./ensure-bench-installed.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { node24, root } from "./places.mjs";

await ensureInstalled();
await ensureBenchInstalled();
const main = join(root, "bench", "main.ts");
const { status } = spawnSync(node24, [main, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(status ?? 1);
