// `npm run --silent ordna -- <command>`: Ordna from a terminal.
import { ensureInstalled } from "./ensure-installed.mjs";
import { runOrdna } from "./run-ordna.mjs";

await ensureInstalled();
runOrdna(process.argv.slice(2));
