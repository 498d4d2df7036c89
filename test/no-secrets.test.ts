// No secret lies in the repository: keys have shapes, and none of them is here.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "..");

const shapes: Readonly<Record<string, RegExp>> = {
  "a live key of Stripe": /\b[sr]k_live_(?=\w*\d)[A-Za-z0-9]{24,}/,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]{40}/,
  "an access key of AWS": /\bAKIA(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}\b/,
  "a token of GitHub": /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
  "a token of Slack": /\bxox[abpr]-\d{8,}-[A-Za-z0-9-]{20,}/,
  "a bot token of Telegram": /\b\d{9,10}:AA[A-Za-z0-9_-]{33}\b/,
  "a token of Airtable": /\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}\b/,
  "a refresh token of Zoho": /\b1000\.[a-f0-9]{32}\.[a-f0-9]{32}\b/,
};

function filesOfTheRepository(): readonly string[] {
  const options = { cwd: root, encoding: "utf8" } as const;
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard"],
    options,
  );
  return listed.split("\n").filter((path) => path !== "" && !/\.(png|pdf|ttf|woff2?)$/.test(path));
}

function isRepository(): boolean {
  try {
    execFileSync("git", ["rev-parse", "--git-dir"], { cwd: root, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("no file holds anything of the shape of a key", {
  skip: !isRepository() && "no git here",
}, () => {
  const files = filesOfTheRepository();
  assert.ok(files.length > 500, `${files.length} files were looked at`);
  const found = files.flatMap((path) => {
    const file = join(root, path);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
    const text = readFileSync(file, "utf8");
    return Object.entries(shapes).flatMap(([what, shape]) =>
      shape.test(text) ? [`${path}: ${what}`] : [],
    );
  });
  assert.deepEqual(found, []);
});

test("the shapes find a key where there is one", () => {
  const made = ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dc4eC39HqL"].join("_");
  assert.match(made, shapes["a live key of Stripe"] ?? /^$/);
});
