// Where things are. These scripts run on whatever Node the machine has (20.15 or newer), before anything is installed.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node that runs Ordna: 24, from the npm package `node`. */
export const node24 = join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);
