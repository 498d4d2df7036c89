// Builds the web page into dist/console when its sources changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { node24, root } from "./places.mjs";
import { runCaptured } from "./run-captured.mjs";

const sources = join(root, "console");
const target = join(root, "dist", "console");
const stampFile = join(root, "dist", "console.stamp");

/** Resolves to "missing", "unchanged" or "built", or to "failed" with the builder's output. */
export async function buildConsole() {
  if (!existsSync(join(sources, "index.html"))) return { result: "missing" };
  const stamp = stampOf(sources);
  const isBuilt = existsSync(join(target, "index.html")) && existsSync(stampFile);
  if (isBuilt && readFileSync(stampFile, "utf8") === stamp) return { result: "unchanged" };
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", sources, "--outDir", target, "--emptyOutDir"];
  const { code, output } = await runCaptured(node24, args);
  if (code !== 0) return { result: "failed", output };
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stampFile, stamp);
  return { result: "built" };
}

/** A digest of all sources and of the libraries they are built with. */
function stampOf(folder) {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const path of filesIn(folder)) {
    hash.update(`\0${relative(folder, path)}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules" && name !== "dist" && !name.startsWith("."))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
}
