// A thread that runs the seeds it is handed.
import { parentPort } from "node:worker_threads";
import type { ThreadWork } from "./run-on-threads.ts";
import { runSeeds } from "./run-seeds.ts";

Error.stackTraceLimit = 0;

parentPort?.on("message", async ({ first, count, orders, without }: ThreadWork) => {
  parentPort?.postMessage(await runSeeds(first, count, { orders, without }));
});
