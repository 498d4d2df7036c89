// `node scripts/check-specs.mjs <folder>`: holds what Ordna sends, and what its simulators answer, against descriptions by
// the providers themselves. They are not part of Ordna: most may be read and not passed on.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";
import { node24, root } from "./places.mjs";

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  const why = folder === undefined ? "" : `There is no folder ${folder}.\n`;
  console.error(`${why}Usage: node scripts/check-specs.mjs <folder>

The folder holds one folder for each provider (postnord, netvisor, stripe, zoho, mailgun, telegram), with that provider's
own descriptions anywhere in it: OpenAPI 3 or Swagger 2 as .json or .yaml, JSON Schemas of Stripe's objects ("$defs"),
DTDs as .dtd, or the Bot API as JSON ("methods" and "types"). What is missing is not checked, and is named.`);
  process.exit(2);
}
await ensureInstalled();
const main = join(root, "test", "specs", "main.ts");
process.exit(spawnSync(node24, [main, resolve(folder)], { stdio: "inherit" }).status ?? 1);
