import { dirname } from "node:path";

const bench = dirname(import.meta.dirname);

export default {
  serverExternalPackages: ["bullmq", "ioredis", "stripe"],
  outputFileTracingRoot: bench,
  turbopack: { root: bench },
  // Types are judged by the benchmark's own check.
  typescript: { ignoreBuildErrors: true },
};
