import { join } from "node:path";

// Ordna finds its libraries two folders up; in a shop that installed it, this goes.
const root = join(import.meta.dirname, "../..");

export default {
  // Ordna reads files of its own, so it is not bundled.
  serverExternalPackages: ["ordna"],
  outputFileTracingRoot: root,
  turbopack: { root },
};
