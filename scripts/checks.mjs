// What is judged without running Ordna. Each check resolves to its complaint, or to undefined.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildConsole } from "./build-console.mjs";
import { node24, root } from "./places.mjs";
import { runCaptured } from "./run-captured.mjs";

export const checks = {
  "lock file": () => tool(join("scripts", "check-lock.mjs")),
  types: async () => (await types(".")) ?? (await types("console")) ?? (await typesOfPeers()),
  lint: () => tool(join("node_modules", "@biomejs", "biome", "bin", "biome"), "check"),
  "dead code": () => tool(join("node_modules", "knip", "bin", "knip.js"), "--no-progress"),
  "web page": async () => {
    const { result, output } = await buildConsole();
    if (result === "missing") return "console/index.html is missing.\n";
    return result === "failed" ? output : undefined;
  },
};

async function types(project) {
  if (!existsSync(join(root, project, "tsconfig.json"))) return undefined;
  return tool(join("node_modules", "typescript", "bin", "tsc"), "-p", project);
}

/** Of the benchmark's engines whose packages are there only once it has run. */
async function typesOfPeers() {
  const isInstalled = existsSync(join(root, "bench", "node_modules", ".package-lock.json"));
  return isInstalled ? types("bench") : undefined;
}

async function tool(script, ...args) {
  const { code, output } = await runCaptured(node24, [join(root, script), ...args]);
  return code === 0 ? undefined : output || `It ended with code ${code} and said nothing.\n`;
}
