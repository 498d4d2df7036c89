// `npm start`: everything that is needed, from a fresh clone to a running Ordna.
import { buildConsole } from "./build-console.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { runOrdna } from "./run-ordna.mjs";

await ensureInstalled();
const { result, output } = await buildConsole();
if (result === "missing") {
  process.stderr.write("There is no web page to build (console/index.html is missing).\n");
}
if (result === "built") process.stderr.write("Built the web page.\n");
if (result === "failed") {
  process.stderr.write(`${output}\nThe web page could not be built; see above.\n`);
  process.exit(1);
}
runOrdna(["start", ...process.argv.slice(2)], { comesBack: true });
