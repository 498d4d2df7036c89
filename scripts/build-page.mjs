// Builds the web page alone, for an image or a release: `npm start` does it by itself.
import { buildConsole } from "./build-console.mjs";

const { result, output = "" } = await buildConsole();
if (result === "failed" || result === "missing") {
  process.stderr.write(`${output}\nThe page was not built.\n`);
  process.exit(1);
}
process.stdout.write(`The page: ${result}.\n`);
