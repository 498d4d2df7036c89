// Installs the dependencies when they are missing or not those of package-lock.json, and is silent otherwise.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npmCommand } from "./npm-command.mjs";
import { node24, root } from "./places.mjs";
import { runCaptured } from "./run-captured.mjs";

const lockFile = join(root, "package-lock.json");
const stampFile = join(root, "node_modules", ".ordna-lock");

export async function ensureInstalled() {
  const stamp = `${createHash("sha256").update(readFileSync(lockFile)).digest("hex")} ${process.platform}-${process.arch}\n`;
  if (read(stampFile) === stamp) return;
  if (!isInstalledByHand()) await install();
  if (!existsSync(node24)) {
    // The npm package `node` fetches its program in an install script, which some npm settings forbid.
    process.stderr.write("Node 24 is missing. Run: npm rebuild node --ignore-scripts=false\n");
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}

async function install() {
  const begun = Date.now();
  // On stderr, so that `npm run --silent ordna -- ... --json` stays JSON.
  process.stderr.write("Installing the dependencies, once (about a minute) ...");
  const [npm, ...before] = npmCommand();
  const args = [...before, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = await runCaptured(npm, args, { shell: npm === "npm.cmd" });
  if (code !== 0) {
    process.stderr.write(` failed.\n\n${output}\n${advice(output)}\n`);
    process.exit(1);
  }
  process.stderr.write(` done in ${Math.round((Date.now() - begun) / 1000)} s.\n`);
}

/**
 * `npm install` leaves a list of what it installed. When that says the same as the lock file, there is nothing to do:
 * `npm ci` would begin by throwing everything away.
 */
function isInstalledByHand() {
  const installed = parse(read(join(root, "node_modules", ".package-lock.json")));
  if (!installed) return false;
  const { packages } = JSON.parse(readFileSync(lockFile, "utf8"));
  const isSame = ([path, { integrity }]) => packages[path]?.integrity === integrity;
  const isThere = ([path, { optional, devOptional }]) =>
    path === "" || optional || devOptional || path in installed.packages;
  return (
    Object.entries(installed.packages).every(isSame) && Object.entries(packages).every(isThere)
  );
}

function advice(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    return [
      "The package registry cannot be reached. Check the connection, then run the same command again.",
      "Behind a proxy: set HTTPS_PROXY, or run `npm config set proxy http://host:port`.",
      "With a registry of your own: run `npm config set registry https://...`.",
    ].join("\n");
  }
  if (/EACCES|EPERM/.test(output))
    return "This account may not write the folder node_modules here.";
  if (/ENOSPC/.test(output)) return "The disk is full; about 700 MB are needed.";
  if (/EUSAGE|in sync/.test(output)) {
    return "package-lock.json does not belong to package.json. Restore both: git checkout package.json package-lock.json";
  }
  return "The dependencies were not installed; npm says why above.";
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function parse(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureInstalled();
