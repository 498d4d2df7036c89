import { join } from "node:path";

// Ordna is linked from two folders up; in a shop that installed it, this line goes.
const root = join(import.meta.dirname, "../..");

export default {
  // Ordna reads files of its own, so it is not bundled.
  serverExternalPackages: ["ordna"],
  outputFileTracingRoot: root,
  turbopack: { root },
};
