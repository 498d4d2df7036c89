// Compiles what `npm pack` ships: JavaScript and types in lib/, what they read beside them, and the built page.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { buildConsole } from "./build-console.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { node24, root } from "./places.mjs";
import { runCaptured } from "./run-captured.mjs";

const source = join(root, "src");
const target = join(root, "lib");

await ensureInstalled();
rmSync(target, { recursive: true, force: true });
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
await must("types", runCaptured(node24, [tsc, "-p", join(root, "tsconfig.package.json")]));
for (const path of filesIn(source).filter(isRead)) {
  cpSync(path, join(target, relative(source, path)));
}
const { result, output } = await buildConsole();
if (result === "failed" || result === "missing") fail("the page", output ?? result);

/** What the code reads at run time, and the licences of it; fixtures only where a simulator is made of them. */
function isRead(path) {
  if (/\.(sql|br|html|css|js)$/.test(path)) return true;
  if (!/\.(json|txt)$/.test(path)) return false;
  return !path.includes("fixtures") || path.includes(join("connectors", "stripe", "fixtures"));
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

async function must(what, running) {
  const { code, output } = await running;
  if (code !== 0) fail(what, output);
}

function fail(what, output) {
  process.stderr.write(`${output}\nThe package was not built: ${what} failed.\n`);
  process.exit(1);
}
