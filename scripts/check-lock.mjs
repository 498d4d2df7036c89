// Judges package-lock.json: installable on every platform, from any registry, under licences that we may use.
// `node scripts/check-lock.mjs --fix` takes out the addresses that a registry left behind.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.mjs";

const anywhere = ["MIT", "MIT-0", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD"];
const allowed = new Set([...anywhere, "BlueOak-1.0.0", "CC0-1.0", "Unlicense", "Python-2.0"]);
/** Weak copyleft and data licences: fine for tools, which nobody is handed. */
const allowedForTools = new Set([...allowed, "MPL-2.0", "CC-BY-4.0"]);
/** Packages that do not name an SPDX licence, and what their licence file says. */
const read = {
  "dejavu-fonts-ttf": "Bitstream Vera licence and public domain: free to embed and to hand on",
  "png-js": "MIT, in its file LICENSE",
};
/** The same for tools: what may be used here and not be handed on changed. */
const readForTools = {
  "saxon-js":
    "Saxonica's: free of charge, handed on only as it is; runs the rules of EN 16931 in tests",
};

/** What the benchmark compares with is handed to nobody, so that its licences are not ours to judge. */
const locks = [
  { folder: root, name: "package-lock.json", judgesLicences: true },
  { folder: join(root, "bench"), name: "bench/package-lock.json", judgesLicences: false },
];

const complaints = locks.flatMap(judge);
for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length === 0 ? 0 : 1);

function judge({ folder, name, judgesLicences }) {
  const path = join(folder, "package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const installed = Object.entries(lock.packages).filter(([place]) => place !== "");
  if (installed.length === 0) return [`${name}: lists no packages`];
  if (process.argv.includes("--fix")) {
    for (const [, entry] of installed) delete entry.resolved;
    writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  }
  return [
    ...installed.flatMap(([place, entry]) => [
      ...missingPlatforms(installed, place, entry),
      ...foreignAddress(place, entry),
      ...(judgesLicences ? licence(place, entry) : []),
      ...(entry.integrity ? [] : [`${place}: has no integrity hash`]),
    ]),
    ...notInStep(name, lock, manifest),
  ];
}

/** A registry that lacks one platform's package makes a lock file that `npm ci` refuses. */
function missingPlatforms(installed, place, entry) {
  return Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !installed.some(([other]) => other.endsWith(`node_modules/${name}`)))
    .map((name) => `${place}: lacks ${name}; choose a version whose platform packages all exist`);
}

function foreignAddress(place, { resolved }) {
  if (resolved === undefined) return [];
  return [
    `${place}: names a registry, and others use another; run: node scripts/check-lock.mjs --fix`,
  ];
}

function licence(place, { license = "", dev = false, devOptional = false }) {
  const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
  if (name in read || (dev && name in readForTools)) return [];
  const list = dev || devOptional ? allowedForTools : allowed;
  const isAllowed = license
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((part) => list.has(part.trim())));
  return isAllowed ? [] : [`${place}: licence "${license}" is not on the list in check-lock.mjs`];
}

/** package.json and the lock file must speak of the same dependencies. */
function notInStep(name, lock, manifest) {
  const listed = lock.packages[""] ?? {};
  return ["dependencies", "devDependencies", "optionalDependencies"]
    .filter((kind) => asText(listed[kind]) !== asText(manifest[kind]))
    .map((kind) => `${name}: ${kind} differ from package.json; run: npm install`);
}

function asText(dependencies = {}) {
  return JSON.stringify(Object.entries(dependencies).sort());
}
